package io.hawser.internal.pool;

import static io.hawser.internal.pool.TestPools.CONFIG;
import static io.hawser.internal.pool.TestPools.awaitWaiting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hawser.Cancelled;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.pool.Eviction;
import io.hawser.pool.Growth;
import io.hawser.pool.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// How many connections a pool opens, and which it closes by itself.
final class PoolGrowthTest {
    @RegisterExtension
    private final TestPools pools = new TestPools();

    private final Conns conns = pools.conns;
    private final HeldTime time = pools.time;

    @Test
    void theFirstConnectionIsOpenedAloneThenTwiceAsManyAtATime() {
        conns.gate = new Semaphore(0);
        BoundedPool<Conns.Conn> pool = pools.open(CONFIG.withMaxSize(100));
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < 50; i++) callers.add(Thread.startVirtualThread(() -> holdForever(pool)));
        awaitWaiting(pool, 50);
        assertThat(pool.stats().connecting()).isEqualTo(1);
        conns.gate.release(1);
        await().until(() -> pool.stats().connecting() == 2);
        conns.gate.release(2);
        await().until(() -> pool.stats().total() == 3 && pool.stats().connecting() == 8);
        callers.forEach(Thread::interrupt);
        conns.gate.release(1000);
        await().until(() -> pool.stats().connecting() == 0);
    }

    private static void holdForever(BoundedPool<Conns.Conn> pool) {
        try (Lease<Conns.Conn> lease = pool.acquire()) {
            assertThat(lease.connection()).isNotNull();
            Thread.sleep(Duration.ofDays(1));
        } catch (InterruptedException | Cancelled e) {
            // the end of the test
        }
    }

    @Test
    void aPoolGrowsByItsStep() {
        BoundedPool<Conns.Conn> pool =
                pools.open(CONFIG.withGrowth(Growth.defaults().withStep(3)));
        pool.acquire().close();
        await().until(() -> pool.stats().total() == 3);
        assertThat(conns.attempts).hasValue(3);
    }

    @Test
    void aPoolThatDoesNotGrowKeepsToItsInitialSizeAndReplacesWhatBreaks() {
        BoundedPool<Conns.Conn> pool = pools.open(CONFIG.withGrowth(Growth.fixed(2)));
        await().until(() -> pool.stats().available() == 2);
        Lease<Conns.Conn> a = pool.acquire();
        Lease<Conns.Conn> b = pool.acquire();
        assertThatThrownBy(() -> Deadline.within(Duration.ofMillis(20), pool::acquire))
                .isInstanceOf(DeadlineExceeded.class);
        a.discard();
        b.close();
        await().until(() -> pool.stats().available() == 2);
        assertThat(conns.attempts).hasValue(3);
        assertThat(conns.closed).hasSize(1);
    }

    @Test
    void idleConnectionsAreClosedDownToTheInitialSize() {
        BoundedPool<Conns.Conn> pool =
                pools.open(CONFIG.withGrowth(Growth.defaults().withInitialSize(1)));
        List<Lease<Conns.Conn>> leases = List.of(pool.acquire(), pool.acquire(), pool.acquire());
        leases.forEach(Lease::close);
        pool.sweep(false);
        assertThat(pool.stats().total()).isEqualTo(3);
        time.pass(Duration.ofSeconds(60));
        // The housekeeper does it: a second sweep beside its own would count the same surplus again.
        await().until(() -> {
            time.pass(Duration.ofSeconds(1));
            return pool.stats().total() == 1 && conns.closed.size() == 2;
        });
        pool.acquire().close();
    }

    @Test
    void aConnectionAtItsAgeIsClosedWhenItComesBackAndNotBefore() {
        BoundedPool<Conns.Conn> pool = pools.open(CONFIG.withEviction(
                Eviction.defaults().withAge(Duration.ofMinutes(10), 0).withIdle(Duration.ofDays(1))));
        Lease<Conns.Conn> lease = pool.acquire();
        time.pass(Duration.ofMinutes(10));
        pool.sweep(true);
        assertThat(conns.closed).isEmpty();
        lease.close();
        await().until(() -> conns.closed.size() == 1);
        assertThat(pool.stats().total()).isZero();
    }

    @Test
    void agesDifferByTheJitter() {
        BoundedPool<Conns.Conn> pool = pools.open(CONFIG.withMaxSize(64)
                .withGrowth(Growth.defaults().withStep(64))
                .withEviction(
                        Eviction.defaults().withAge(Duration.ofMinutes(10), 0.5).withIdle(Duration.ofDays(1))));
        pool.acquire().close();
        await().until(() -> pool.stats().total() == 64);
        time.pass(Duration.ofMinutes(5).minusMillis(1));
        pool.sweep(false);
        assertThat(pool.stats().total()).isEqualTo(64);
        time.pass(Duration.ofSeconds(150));
        pool.sweep(false);
        assertThat(pool.stats().total()).isBetween(1, 63);
        time.pass(Duration.ofSeconds(151));
        sweepUntil(pool, false, () -> pool.stats().total() == 0);
    }

    @Test
    void aBrokenConnectionIsNotHandedOutAfterItHasBeenIdle() {
        BoundedPool<Conns.Conn> pool = pools.open(CONFIG);
        Conns.Conn first;
        try (Lease<Conns.Conn> lease = pool.acquire()) {
            first = lease.connection();
        }
        first.broken = true;
        time.pass(Duration.ofSeconds(1));
        try (Lease<Conns.Conn> lease = pool.acquire()) {
            assertThat(lease.connection().number).isEqualTo(2);
        }
        await().until(() -> conns.closed.contains(first));
    }

    @Test
    void theSweepFindsBrokenConnections() {
        BoundedPool<Conns.Conn> pool = pools.open(CONFIG);
        try (Lease<Conns.Conn> lease = pool.acquire()) {
            lease.connection().broken = true;
        }
        time.pass(Duration.ofSeconds(1));
        sweepUntil(pool, true, () -> conns.closed.size() == 1);
        assertThat(pool.stats().total()).isZero();
    }

    /// Again, because the housekeeper may just be looking at the one that it is about.
    private static void sweepUntil(BoundedPool<?> pool, boolean validate, BooleanSupplier done) {
        await().until(() -> {
            pool.sweep(validate);
            return done.getAsBoolean();
        });
    }
}
