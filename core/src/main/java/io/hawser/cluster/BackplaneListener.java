package io.hawser.cluster;

/// Hears of every message that reaches this node.
///
/// Thread: calls for one topic come one after another, in order, on a thread of the backplane or on one that
/// publishes, perhaps to another topic. They must not block: they are in the way of everyone else's messages,
/// and of whoever publishes on that thread.
///
/// Errors: what a listener throws is logged; the others hear the message, and the listener the next one.
public interface BackplaneListener {
    /// A message, which is in the history already if its topic has one.
    void message(TopicMessage message);

    /// What comes next may not follow what came before, for any topic: whoever follows a log asks
    /// [Backplane#history] for what is behind its last position; of a live topic messages may be missing.
    void interrupted();
}
