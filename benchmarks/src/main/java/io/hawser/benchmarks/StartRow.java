package io.hawser.benchmarks;

/// The row of how soon a server answers its first request, and what it holds then; see [StartTime].
record StartRow(String name) implements Row {}
