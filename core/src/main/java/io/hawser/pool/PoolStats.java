package io.hawser.pool;

import java.util.Collection;

/// The state of a pool at one moment, and what it has done since it was opened.
///
/// @param total connections that are open
/// @param active those that are leased
/// @param available those that wait for a caller
/// @param connecting connections being opened
/// @param waiting callers that wait for a connection
/// @param created connections opened so far
/// @param failed attempts to open one that failed so far
/// @param leaked leases that were forgotten so far
public record PoolStats(
        int total, int active, int available, int connecting, int waiting, long created, long failed, long leaked) {
    private static final PoolStats NONE = new PoolStats(0, 0, 0, 0, 0, 0, 0, 0);

    /// Of several pools together, such as those of an `HttpClient`.
    public static PoolStats sum(Collection<PoolStats> pools) {
        return pools.stream().reduce(NONE, PoolStats::plus);
    }

    private PoolStats plus(PoolStats other) {
        return new PoolStats(
                total + other.total,
                active + other.active,
                available + other.available,
                connecting + other.connecting,
                waiting + other.waiting,
                created + other.created,
                failed + other.failed,
                leaked + other.leaked);
    }
}
