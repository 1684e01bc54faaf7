package io.hawser.benchmarks;

/// The row of what one subscriber who does not read is to all others; see [Stall].
///
/// @param load what is broadcast to those who read, as fast as they take it
record StallRow(String name, BroadcastRow load) implements Row {}
