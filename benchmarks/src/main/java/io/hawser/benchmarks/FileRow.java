package io.hawser.benchmarks;

/// The row of one large file.
record FileRow(String name) implements Row {}
