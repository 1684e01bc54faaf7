package io.hawser.metrics;

import io.hawser.pool.PoolStats;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.Supplier;

/// A connection pool, by its name.
///
/// ```java
/// PoolMetrics.of("meters", pool::stats).bindTo(registry);
/// ```
///
/// Costs nothing but when it is asked. Thread: safe from any.
public final class PoolMetrics implements MeterBinder {
    private final String name;
    private final Supplier<PoolStats> pool;

    private PoolMetrics(String name, Supplier<PoolStats> pool) {
        this.name = name;
        this.pool = pool;
    }

    /// Of one pool.
    ///
    /// @param name the value of the tag `pool`
    /// @param pool such as [io.hawser.pool.ConnectionPool#stats()]
    public static PoolMetrics of(String name, Supplier<PoolStats> pool) {
        return new PoolMetrics(name, pool);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Meters<Supplier<PoolStats>> meters = new Meters<>(registry, pool, Tags.of("pool", name));
        meters.with("state", "active")
                .gauge(
                        "hawser.pool.connections",
                        "Connections",
                        each -> each.get().active());
        meters.with("state", "available")
                .gauge(
                        "hawser.pool.connections",
                        "Connections",
                        each -> each.get().available());
        meters.with("state", "connecting")
                .gauge(
                        "hawser.pool.connections",
                        "Connections",
                        each -> each.get().connecting());
        meters.gauge(
                "hawser.pool.waiting",
                "Callers that wait for a connection",
                each -> each.get().waiting());
        meters.counter(
                "hawser.pool.opened", "Connections opened", each -> each.get().created());
        meters.counter(
                "hawser.pool.failed",
                "Connections that could not be opened",
                each -> each.get().failed());
        meters.counter(
                "hawser.pool.leaked",
                "Leases that were forgotten",
                each -> each.get().leaked());
    }
}
