package io.hawser.benchmarks;

/// The row of what an idle connection costs; see [IdleMemory].
///
/// @param kind what the connections speak
record IdleRow(String name, EchoRow.Kind kind) implements Row {}
