package io.hawser.internal.session;

/// Where the members of a [TopicShard] are served, one action after another.
///
/// Thread: safe from any.
public interface TopicLane {
    /// Runs `action`, behind what the calling thread ran here before.
    ///
    /// @return false if nothing runs here any more
    boolean run(Runnable action);

    /// Runs `action` in so many milliseconds.
    void later(Runnable action, long millis);
}
