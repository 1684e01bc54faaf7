package io.hawser.internal.pool;

import static org.awaitility.Awaitility.await;

import io.hawser.pool.PoolConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Pools of connections that are none, on a clock that stands still; closed after each test.
final class TestPools implements BeforeEachCallback, AfterEachCallback {
    static final PoolConfig CONFIG =
            PoolConfig.defaults().withName("test").withMaxSize(4).withTimeout(Duration.ofSeconds(30));

    final Conns conns = new Conns();
    final HeldTime time = new HeldTime();
    private final List<BoundedPool<Conns.Conn>> pools = new ArrayList<>();

    BoundedPool<Conns.Conn> open(PoolConfig config) {
        BoundedPool<Conns.Conn> pool = BoundedPool.open(config, conns, time);
        pools.add(pool);
        return pool;
    }

    static void awaitWaiting(BoundedPool<?> pool, int callers) {
        await().until(() -> pool.stats().waiting() == callers);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
        Awaitility.setDefaultPollInterval(Duration.ofMillis(5));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        pools.forEach(BoundedPool::close);
    }
}
