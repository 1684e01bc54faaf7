package io.hawser.cluster;

/// Hears of every message that reaches this node.
///
/// Thread: calls for one topic come one after another, in order. They must not block: they are in the way of
/// everyone else's messages, if in nobody's publishing.
public interface BackplaneListener {
    /// A message, which is in the history already if its topic has one.
    void message(TopicMessage message);

    /// What comes next may not follow what came before, for any topic: whoever follows a log asks
    /// [Backplane#history] for what is behind its last position; of a live topic messages may be missing.
    void interrupted();
}
