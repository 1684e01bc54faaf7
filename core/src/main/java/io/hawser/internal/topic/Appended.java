package io.hawser.internal.topic;

/// Where a broker has put a message.
///
/// @param tag that it has there: of a duplicate that of the first, or empty if that is not kept any more
/// @param isDuplicate whether it was there before, under the same `mid`
public record Appended(long offset, String tag, boolean isDuplicate) {}
