package io.hawser.http;

/// What an [HttpCache] did since it was made.
///
/// @param hits answers given without asking anyone, stale ones included
/// @param misses requests that were sent because nothing stored could be used
/// @param validated stored answers that their origin confirmed
/// @param stale answers given though they were not fresh
/// @param collapsed requests that the same one of somebody else answered
/// @param stored answers put into the store
/// @param bytes held by the store
/// @param failures of the store, each of which was a miss
public record CacheStats(
        long hits, long misses, long validated, long stale, long collapsed, long stored, long bytes, long failures) {}
