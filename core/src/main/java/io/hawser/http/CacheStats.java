package io.hawser.http;

/// What an [HttpCache] did since it was made.
///
/// @param hits answers given from the store: fresh, stale, or in place of an origin that failed
/// @param misses requests for which nothing stored could be used, those that the answer to another then served
///     included
/// @param validated stored answers that their origin confirmed
/// @param stale those of the hits that were not fresh
/// @param collapsed requests that the same one of somebody else answered
/// @param stored answers put into the store
/// @param bytes held by the store
/// @param failures of the store: reads, writes and removals
public record CacheStats(
        long hits, long misses, long validated, long stale, long collapsed, long stored, long bytes, long failures) {}
