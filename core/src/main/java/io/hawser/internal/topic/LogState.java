package io.hawser.internal.topic;

/// What a broker says of all that it keeps.
///
/// @param epoch the life of the history
/// @param first the offset of the oldest message that is kept; with `last` below it, nothing is
/// @param last the offset of the newest that there ever was in this history
/// @param perTopic over how many messages of a topic the oldest goes
public record LogState(String epoch, long first, long last, long perTopic) {}
