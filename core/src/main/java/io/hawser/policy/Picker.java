package io.hawser.policy;

/// Chooses one of at least one.
///
/// Thread: called from many at a time.
@FunctionalInterface
interface Picker {
    Node pick(Node[] nodes, Attempt attempt, long nowNanos);
}
