package io.hawser.cluster;

/// What a topic promises.
public enum TopicClass {
    /// At most once and at once, without history. What a slow reader misses, it is told the number of.
    LIVE,
    /// History is kept, and a subscriber gets every message once and in order, or is told that it cannot.
    LOG
}
