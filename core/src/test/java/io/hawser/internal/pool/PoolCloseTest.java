package io.hawser.internal.pool;

import static io.hawser.internal.pool.TestPools.CONFIG;
import static io.hawser.internal.pool.TestPools.awaitWaiting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hawser.ConnectFailed;
import io.hawser.DrainReport;
import io.hawser.Endpoint;
import io.hawser.Rejected;
import io.hawser.TimeSource;
import io.hawser.pool.Growth;
import io.hawser.pool.Lease;
import io.hawser.pool.ManagerConfig;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// How a pool ends.
final class PoolCloseTest {
    @RegisterExtension
    private final TestPools pools = new TestPools();

    private final Conns conns = pools.conns;

    @Test
    void closingRejectsThoseWhoWaitAndClosesTheRestWhenItComesBack() {
        BoundedPool<Conns.Conn> pool = pools.open(CONFIG.withMaxSize(2));
        Lease<Conns.Conn> a = pool.acquire();
        Lease<Conns.Conn> b = pool.acquire();
        BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
        Thread.startVirtualThread(() -> {
            try {
                pool.acquire().close();
            } catch (Rejected e) {
                failures.add(e);
            }
        });
        awaitWaiting(pool, 1);
        b.close();
        await().until(() -> pool.stats().waiting() == 0);
        Lease<Conns.Conn> c = pool.acquire();
        Thread.startVirtualThread(() -> {
            try {
                pool.acquire().close();
            } catch (Rejected e) {
                failures.add(e);
            }
        });
        awaitWaiting(pool, 1);
        pool.close();
        await().until(() -> failures.size() == 1);
        assertThatThrownBy(pool::acquire).isInstanceOf(Rejected.class).hasMessageContaining("pool test is closed");
        assertThat(a.connection()).isNotNull();
        assertThat(conns.open).hasSize(2);
        a.close();
        c.close();
        await().until(() -> conns.open.isEmpty());
        assertThat(pool.stats().total()).isZero();
    }

    @Test
    void aDrainWaitsForLeasesAndCutsThoseThatStay() {
        BoundedPool<Conns.Conn> pool = pools.open(CONFIG);
        Lease<Conns.Conn> stays = pool.acquire();
        Lease<Conns.Conn> returns = pool.acquire();
        Thread.startVirtualThread(() -> {
            await().until(() -> {
                try {
                    pool.tryAcquire().ifPresent(Lease::close);
                    return false;
                } catch (Rejected draining) {
                    return true;
                }
            });
            returns.close();
        });
        DrainReport report = pool.drain(Duration.ofMillis(500));
        assertThat(report).isEqualTo(new DrainReport(1, 1));
        assertThat(conns.open).isEmpty();
        assertThatThrownBy(stays::connection).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aPoolWithoutLeasesDrainsAtOnce() {
        BoundedPool<Conns.Conn> pool = pools.open(CONFIG);
        pool.acquire().close();
        assertThat(pool.drain(Duration.ofDays(1))).isEqualTo(new DrainReport(0, 0));
        assertThat(conns.open).isEmpty();
    }

    @Test
    void closingGivesUpWhatIsBeingOpened() {
        conns.gate = new Semaphore(0);
        BoundedPool<Conns.Conn> pool =
                pools.open(CONFIG.withGrowth(Growth.defaults().withInitialSize(3)));
        await().until(() -> conns.attempts.get() == 3);
        pool.close();
        assertThat(pool.stats().connecting()).isZero();
    }

    @Test
    void aKeptConnectionThatIsClosedBeforeItStartsOpensNothing() {
        KeptConnection<Conns.Conn> kept = new KeptConnection<>(
                "early",
                Endpoint.parse("192.0.2.1:7000"),
                conns,
                ManagerConfig.defaults(),
                TimeSource.system(),
                new KeptConnections<>(ManagerConfig.defaults(), endpoint -> conns, TimeSource.system()));
        kept.close();
        kept.start();
        assertThatThrownBy(kept::await).isInstanceOf(ConnectFailed.class).hasMessageContaining("closed");
        assertThat(conns.attempts).hasValue(0);
    }
}
