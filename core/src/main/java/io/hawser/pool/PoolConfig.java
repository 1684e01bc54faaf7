package io.hawser.pool;

import java.time.Duration;

/// The bounds of a pool.
///
/// @param name in logs, errors and thread names; default `pool`
/// @param maxSize connections open at a time; default 16
/// @param maxWaiting callers that may wait, those for whom a connection is being opened included; more are
///     rejected; 0 only where there are initial ones; default 16,384
/// @param timeout how long a caller waits, its [io.hawser.Deadline] permitting, and the deadline of each look
///     at whether a connection is usable; default 5 s
/// @param callSiteEvery of so many leases one remembers who acquired it, to be named if it is forgotten: 1 for
///     each, 0 for none; default 1
public record PoolConfig(
        String name,
        int maxSize,
        int maxWaiting,
        Duration timeout,
        Growth growth,
        Eviction eviction,
        int callSiteEvery) {
    private static final PoolConfig DEFAULTS =
            new PoolConfig("pool", 16, 16_384, Duration.ofSeconds(5), Growth.defaults(), Eviction.defaults(), 1);

    public PoolConfig {
        if (maxSize < 1) throw new IllegalArgumentException("maxSize " + maxSize + ": at least 1");
        if (maxWaiting < 0) throw new IllegalArgumentException("maxWaiting " + maxWaiting + ": 0 or more");
        if (!timeout.isPositive()) throw new IllegalArgumentException("timeout " + timeout + ": above zero");
        if (growth.initialSize() > maxSize) {
            throw new IllegalArgumentException(
                    "growth.initialSize " + growth.initialSize() + ": at most maxSize, " + maxSize);
        }
        if (maxWaiting == 0 && growth.initialSize() == 0) {
            throw new IllegalArgumentException("maxWaiting 0: at least 1 where growth.initialSize is 0");
        }
        if (callSiteEvery < 0) throw new IllegalArgumentException("callSiteEvery " + callSiteEvery + ": 0 or more");
    }

    public static PoolConfig defaults() {
        return DEFAULTS;
    }

    public PoolConfig withName(String changed) {
        return new PoolConfig(changed, maxSize, maxWaiting, timeout, growth, eviction, callSiteEvery);
    }

    public PoolConfig withMaxSize(int changed) {
        return new PoolConfig(name, changed, maxWaiting, timeout, growth, eviction, callSiteEvery);
    }

    public PoolConfig withMaxWaiting(int changed) {
        return new PoolConfig(name, maxSize, changed, timeout, growth, eviction, callSiteEvery);
    }

    public PoolConfig withTimeout(Duration changed) {
        return new PoolConfig(name, maxSize, maxWaiting, changed, growth, eviction, callSiteEvery);
    }

    public PoolConfig withGrowth(Growth changed) {
        return new PoolConfig(name, maxSize, maxWaiting, timeout, changed, eviction, callSiteEvery);
    }

    public PoolConfig withEviction(Eviction changed) {
        return new PoolConfig(name, maxSize, maxWaiting, timeout, growth, changed, callSiteEvery);
    }

    public PoolConfig withCallSiteEvery(int changed) {
        return new PoolConfig(name, maxSize, maxWaiting, timeout, growth, eviction, changed);
    }
}
