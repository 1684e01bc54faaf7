package io.hawser.benchmarks;

/// One row of the comparison, by its name on the command line.
sealed interface Row permits LoadRow, IdleRow, FileRow, LargePostRow, StartRow, StallRow, CrowdRow {
    String name();
}
