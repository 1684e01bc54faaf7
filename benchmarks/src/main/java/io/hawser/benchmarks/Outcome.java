package io.hawser.benchmarks;

/// What one row gave.
sealed interface Outcome
        permits RowResult,
                IdleOutcome,
                FileOutcome,
                LargePostOutcome,
                StartOutcome,
                StallOutcome,
                CrowdOutcome,
                NotRun {
    /// Its title and its table.
    String toMarkdown();

    /// Whether every answer was right and every server ran to the end.
    boolean clean();
}
