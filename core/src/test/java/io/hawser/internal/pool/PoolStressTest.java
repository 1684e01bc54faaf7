package io.hawser.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.Cancelled;
import io.hawser.TimeSource;
import io.hawser.pool.Eviction;
import io.hawser.pool.Lease;
import io.hawser.pool.PoolConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Many threads, and what must hold whatever they do.
final class PoolStressTest {
    private final Conns conns = new Conns();

    @Test
    void tenThousandCallersInterruptedAtRandomLeaveAllConnectionsInThePool() throws InterruptedException {
        PoolConfig config = PoolConfig.defaults().withMaxSize(8).withTimeout(Duration.ofSeconds(60));
        try (BoundedPool<Conns.Conn> pool = BoundedPool.open(config, conns, TimeSource.system())) {
            List<Lease<Conns.Conn>> held = new ArrayList<>();
            for (int i = 0; i < 8; i++) held.add(pool.acquire());
            AtomicInteger served = new AtomicInteger();
            AtomicInteger cancelled = new AtomicInteger();
            List<Thread> callers = new ArrayList<>();
            for (int i = 0; i < 10_000; i++) {
                callers.add(Thread.startVirtualThread(() -> {
                    try (Lease<Conns.Conn> lease = pool.acquire()) {
                        assertThat(lease.connection().users.incrementAndGet()).isEqualTo(1);
                        Thread.yield();
                        lease.connection().users.decrementAndGet();
                        served.incrementAndGet();
                    } catch (Cancelled e) {
                        cancelled.incrementAndGet();
                    }
                }));
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> pool.stats().waiting() == 10_000);
            Random random = new Random(5);
            for (int i = 0; i < callers.size(); i++) {
                if (random.nextInt(3) == 0)
                    callers.get(random.nextInt(callers.size())).interrupt();
                if (i == 4_000) held.forEach(Lease::close);
            }
            for (Thread caller : callers) caller.join();
            assertThat(served.get() + cancelled.get()).isEqualTo(10_000);
            assertThat(served.get()).isPositive();
            assertThat(cancelled.get()).isPositive();
            assertThat(pool.stats().total()).isEqualTo(8);
            assertThat(pool.stats().available()).isEqualTo(8);
            assertThat(pool.stats().waiting()).isZero();
        }
    }

    @Test
    void noConnectionIsEverInTwoHandsWhileSweepsBreaksAndAgeTakeThemAway() throws InterruptedException {
        PoolConfig config = PoolConfig.defaults()
                .withMaxSize(5)
                .withTimeout(Duration.ofSeconds(60))
                .withEviction(Eviction.defaults()
                        .withAge(Duration.ofMillis(5), 0.5)
                        .withIdle(Duration.ofNanos(1))
                        .withValidateAfter(Duration.ZERO));
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        Semaphore stop = new Semaphore(0);
        try (BoundedPool<Conns.Conn> pool = BoundedPool.open(config, conns, TimeSource.system())) {
            Thread sweeper = Thread.startVirtualThread(() -> {
                while (!stop.tryAcquire()) {
                    pool.sweep(true);
                    Thread.yield();
                }
            });
            List<Thread> callers = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                Random random = new Random(i);
                callers.add(Thread.startVirtualThread(() -> {
                    try {
                        for (int n = 0; n < 1_000; n++) use(pool, random);
                    } catch (Throwable failure) {
                        failures.add(failure);
                    }
                }));
            }
            for (Thread caller : callers) caller.join();
            stop.release();
            sweeper.join();
            assertThat(failures).isEmpty();
            assertThat(pool.stats().active()).isZero();
            assertThat(pool.stats().total()).isLessThanOrEqualTo(5);
        }
        assertThat(conns.open).isEmpty();
        assertThat(conns.closed).doesNotHaveDuplicates();
    }

    private static void use(BoundedPool<Conns.Conn> pool, Random random) {
        try (Lease<Conns.Conn> lease = pool.acquire()) {
            Conns.Conn conn = lease.connection();
            if (conn.users.incrementAndGet() != 1) throw new AssertionError(conn + " is in two hands");
            if (random.nextInt(4) == 0) Thread.yield();
            if (random.nextInt(50) == 0) conn.broken = true;
            conn.users.decrementAndGet();
            if (random.nextInt(50) == 0) lease.discard();
        }
    }
}
