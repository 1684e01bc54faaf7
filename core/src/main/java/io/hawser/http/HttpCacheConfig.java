package io.hawser.http;

import io.hawser.internal.http.Tokens;
import java.time.Duration;

/// How an [HttpCache] behaves.
///
/// @param shared whether it serves many users, as a proxy does: no `private` answers, `s-maxage` counts, and what
///     was got with credentials is kept only where the answer allows it. Default no: it belongs to one client
/// @param name in `Cache-Status`; default `hawser`
/// @param maxEntryBytes of one answer; a larger one is passed on and not stored; default 8 MiB
/// @param heuristicPercent of its time since `Last-Modified` that an answer is fresh which says nothing about it;
///     default 10, 0 switches it off
/// @param maxHeuristic bounds that; default a day
/// @param staleIfError how long past its end an answer serves where the origin fails; the longest of this and
///     the `stale-if-error` of the answer and of the request counts; default none
public record HttpCacheConfig(
        boolean shared,
        String name,
        long maxEntryBytes,
        int heuristicPercent,
        Duration maxHeuristic,
        Duration staleIfError) {
    private static final HttpCacheConfig DEFAULTS =
            new HttpCacheConfig(false, "hawser", 8L << 20, 10, Duration.ofDays(1), Duration.ZERO);

    public HttpCacheConfig {
        Tokens.check("name", name);
        if (maxEntryBytes < 0 || maxEntryBytes > 1L << 30) {
            throw new IllegalArgumentException("maxEntryBytes " + maxEntryBytes + ": 0 to 1 GiB");
        }
        if (heuristicPercent < 0 || heuristicPercent > 100) {
            throw new IllegalArgumentException("heuristicPercent " + heuristicPercent + ": 0 to 100");
        }
        if (maxHeuristic.isNegative()) throw new IllegalArgumentException("maxHeuristic: at least 0");
        if (staleIfError.isNegative()) throw new IllegalArgumentException("staleIfError: at least 0");
    }

    /// That of one client.
    public static HttpCacheConfig defaults() {
        return DEFAULTS;
    }

    public HttpCacheConfig withShared(boolean changed) {
        return new HttpCacheConfig(changed, name, maxEntryBytes, heuristicPercent, maxHeuristic, staleIfError);
    }

    public HttpCacheConfig withName(String changed) {
        return new HttpCacheConfig(shared, changed, maxEntryBytes, heuristicPercent, maxHeuristic, staleIfError);
    }

    public HttpCacheConfig withMaxEntryBytes(long changed) {
        return new HttpCacheConfig(shared, name, changed, heuristicPercent, maxHeuristic, staleIfError);
    }

    public HttpCacheConfig withHeuristicPercent(int changed) {
        return new HttpCacheConfig(shared, name, maxEntryBytes, changed, maxHeuristic, staleIfError);
    }

    public HttpCacheConfig withMaxHeuristic(Duration changed) {
        return new HttpCacheConfig(shared, name, maxEntryBytes, heuristicPercent, changed, staleIfError);
    }

    public HttpCacheConfig withStaleIfError(Duration changed) {
        return new HttpCacheConfig(shared, name, maxEntryBytes, heuristicPercent, maxHeuristic, changed);
    }
}
