package io.hawser.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hawser.Cancelled;
import io.hawser.ConnectFailed;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.DrainReport;
import io.hawser.Rejected;
import io.hawser.pool.Eviction;
import io.hawser.pool.Growth;
import io.hawser.pool.Lease;
import io.hawser.pool.PoolConfig;
import io.hawser.pool.PoolStats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class BoundedPoolTest {
    private static final PoolConfig CONFIG =
            PoolConfig.defaults().withName("test").withMaxSize(4).withTimeout(Duration.ofSeconds(30));

    private final Conns conns = new Conns();
    private final HeldTime time = new HeldTime();
    private final List<BoundedPool<Conns.Conn>> pools = new ArrayList<>();

    @BeforeEach
    void patience() {
        org.awaitility.Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
        org.awaitility.Awaitility.setDefaultPollInterval(Duration.ofMillis(5));
    }

    @AfterEach
    void closePools() {
        pools.forEach(BoundedPool::close);
    }

    private BoundedPool<Conns.Conn> open(PoolConfig config) {
        BoundedPool<Conns.Conn> pool = BoundedPool.open(config, conns, time);
        pools.add(pool);
        return pool;
    }

    private static void awaitWaiting(BoundedPool<?> pool, int callers) {
        await().until(() -> pool.stats().waiting() == callers);
    }

    @Test
    void aConnectionThatComesBackIsUsedAgain() {
        BoundedPool<Conns.Conn> pool = open(CONFIG);
        Conns.Conn first;
        try (Lease<Conns.Conn> lease = pool.acquire()) {
            first = lease.connection();
        }
        try (Lease<Conns.Conn> lease = pool.acquire()) {
            assertThat(lease.connection()).isSameAs(first);
        }
        assertThat(pool.stats()).isEqualTo(new PoolStats(1, 0, 1, 0, 0, 1, 0, 0));
    }

    @Test
    void theOneThatCameBackLastGoesFirst() {
        BoundedPool<Conns.Conn> pool = open(CONFIG);
        Lease<Conns.Conn> a = pool.acquire();
        Lease<Conns.Conn> b = pool.acquire();
        Conns.Conn last = a.connection();
        b.close();
        a.close();
        try (Lease<Conns.Conn> lease = pool.acquire()) {
            assertThat(lease.connection()).isSameAs(last);
        }
    }

    @Test
    void aLeaseThatHasEndedGivesNothingAndEndsOnce() {
        BoundedPool<Conns.Conn> pool = open(CONFIG);
        Lease<Conns.Conn> lease = pool.acquire();
        lease.close();
        lease.close();
        lease.discard();
        assertThatThrownBy(lease::connection).isInstanceOf(IllegalStateException.class);
        assertThat(pool.stats().available()).isEqualTo(1);
    }

    @Test
    void noMoreThanTheMaximumIsOpenAndCallersAreServedInOrder() throws InterruptedException {
        BoundedPool<Conns.Conn> pool = open(CONFIG.withMaxSize(1));
        Lease<Conns.Conn> held = pool.acquire();
        BlockingQueue<Integer> served = new LinkedBlockingQueue<>();
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            int number = i;
            callers.add(Thread.startVirtualThread(() -> {
                try (Lease<Conns.Conn> lease = pool.acquire()) {
                    served.add(number);
                    assertThat(lease.connection().number).isEqualTo(1);
                }
            }));
            awaitWaiting(pool, i + 1);
        }
        held.close();
        for (Thread caller : callers) caller.join();
        assertThat(served).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19);
        assertThat(conns.attempts).hasValue(1);
    }

    @Test
    void whoeverComesWhileOthersWaitWaitsBehindThem() {
        BoundedPool<Conns.Conn> pool = open(CONFIG.withMaxSize(1));
        Lease<Conns.Conn> held = pool.acquire();
        Thread waiting = Thread.startVirtualThread(() -> pool.acquire().close());
        awaitWaiting(pool, 1);
        assertThat(pool.tryAcquire()).isEmpty();
        held.close();
        await().until(() -> !waiting.isAlive());
        pool.tryAcquire().orElseThrow().close();
    }

    @Test
    void aCallerThatWaitsTooLongIsToldWhatItWaitedFor() {
        BoundedPool<Conns.Conn> pool = open(CONFIG.withMaxSize(1).withTimeout(Duration.ofMillis(20)));
        try (Lease<Conns.Conn> held = pool.acquire()) {
            assertThat(held.connection()).isNotNull();
            assertThatThrownBy(pool::acquire)
                    .isInstanceOf(DeadlineExceeded.class)
                    .hasMessageContaining("pool test (1 of 1 leased, 0 being opened, 0 others waiting)");
        }
        assertThat(pool.stats().waiting()).isZero();
    }

    @Test
    void theDeadlineOfTheCallerEndsItsWait() {
        BoundedPool<Conns.Conn> pool = open(CONFIG.withMaxSize(1));
        try (Lease<Conns.Conn> held = pool.acquire()) {
            assertThat(held.connection()).isNotNull();
            assertThatThrownBy(() -> Deadline.within(Duration.ofMillis(20), pool::acquire))
                    .isInstanceOf(DeadlineExceeded.class);
        }
    }

    @Test
    void moreCallersThanMayWaitAreRejected() {
        BoundedPool<Conns.Conn> pool = open(CONFIG.withMaxSize(1).withMaxWaiting(1));
        Lease<Conns.Conn> held = pool.acquire();
        Thread waiting = Thread.startVirtualThread(() -> pool.acquire().close());
        awaitWaiting(pool, 1);
        assertThatThrownBy(pool::acquire).isInstanceOf(Rejected.class).hasMessageContaining("1 callers wait already");
        held.close();
        await().until(() -> !waiting.isAlive());
    }

    @Test
    void anInterruptEndsTheWaitAndLeavesTheFlagSet() {
        BoundedPool<Conns.Conn> pool = open(CONFIG.withMaxSize(1));
        try (Lease<Conns.Conn> held = pool.acquire()) {
            assertThat(held.connection()).isNotNull();
            Thread.currentThread().interrupt();
            assertThatThrownBy(pool::acquire).isInstanceOf(Cancelled.class);
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(pool.stats().waiting()).isZero();
    }

    @Test
    void theFirstConnectionIsOpenedAloneThenTwiceAsManyAtATime() {
        conns.gate = new Semaphore(0);
        BoundedPool<Conns.Conn> pool = open(CONFIG.withMaxSize(100));
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
        BoundedPool<Conns.Conn> pool = open(CONFIG.withGrowth(Growth.defaults().withStep(3)));
        pool.acquire().close();
        await().until(() -> pool.stats().total() == 3);
        assertThat(conns.attempts).hasValue(3);
    }

    @Test
    void aPoolThatDoesNotGrowKeepsToItsInitialSizeAndReplacesWhatBreaks() {
        BoundedPool<Conns.Conn> pool = open(CONFIG.withGrowth(Growth.fixed(2)));
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
        BoundedPool<Conns.Conn> pool = open(CONFIG.withGrowth(Growth.defaults().withInitialSize(1)));
        List<Lease<Conns.Conn>> leases = List.of(pool.acquire(), pool.acquire(), pool.acquire());
        leases.forEach(Lease::close);
        pool.sweep(false);
        assertThat(pool.stats().total()).isEqualTo(3);
        time.pass(Duration.ofSeconds(60));
        pool.sweep(false);
        await().until(() -> pool.stats().total() == 1 && conns.closed.size() == 2);
        pool.acquire().close();
    }

    @Test
    void aConnectionAtItsAgeIsClosedWhenItComesBackAndNotBefore() {
        BoundedPool<Conns.Conn> pool = open(CONFIG.withEviction(
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
        BoundedPool<Conns.Conn> pool = open(CONFIG.withMaxSize(64)
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
        pool.sweep(false);
        assertThat(pool.stats().total()).isZero();
    }

    @Test
    void aBrokenConnectionIsNotHandedOutAfterItHasBeenIdle() {
        BoundedPool<Conns.Conn> pool = open(CONFIG);
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
        BoundedPool<Conns.Conn> pool = open(CONFIG);
        try (Lease<Conns.Conn> lease = pool.acquire()) {
            lease.connection().broken = true;
        }
        time.pass(Duration.ofSeconds(1));
        pool.sweep(true);
        await().until(() -> conns.closed.size() == 1);
        assertThat(pool.stats().total()).isZero();
    }

    @Test
    void whenOpeningFailsAndNothingElseIsOpenAllWhoWaitAreTold() {
        conns.failing = true;
        conns.gate = new Semaphore(0);
        BoundedPool<Conns.Conn> pool = open(CONFIG);
        BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
        for (int i = 0; i < 10; i++) {
            Thread.startVirtualThread(() -> {
                try (Lease<Conns.Conn> lease = pool.acquire()) {
                    failures.add(new AssertionError(lease));
                } catch (ConnectFailed e) {
                    failures.add(e);
                }
            });
        }
        awaitWaiting(pool, 10);
        conns.gate.release(1);
        await().until(() -> failures.size() == 10);
        assertThat(failures)
                .allSatisfy(e -> assertThat(e).isInstanceOf(ConnectFailed.class).hasRootCauseMessage("refused 1"));
        assertThat(conns.attempts).hasValue(1);
    }

    @Test
    void afterAFailureThereIsAPauseWhoseEndOpensForThoseWhoWait() {
        conns.failing = true;
        BoundedPool<Conns.Conn> pool =
                open(CONFIG.withGrowth(Growth.defaults().withPauses(Duration.ofDays(100), Duration.ofDays(200))));
        assertThatThrownBy(pool::acquire).isInstanceOf(ConnectFailed.class);
        conns.failing = false;
        Thread waiting = Thread.startVirtualThread(() -> pool.acquire().close());
        awaitWaiting(pool, 1);
        assertThat(conns.attempts).hasValue(1);
        await().until(() -> {
            time.pass(Duration.ofDays(100));
            return !waiting.isAlive();
        });
        assertThat(conns.attempts).hasValue(2);
        assertThat(pool.stats().failed()).isEqualTo(1);
    }

    @Test
    void whoWaitsForOneThatIsLeasedIsNotToldOfAFailure() {
        BoundedPool<Conns.Conn> pool = open(CONFIG);
        Lease<Conns.Conn> held = pool.acquire();
        conns.failing = true;
        Thread waiting = Thread.startVirtualThread(() -> pool.acquire().close());
        await().until(() -> pool.stats().failed() == 1);
        assertThat(pool.stats().waiting()).isEqualTo(1);
        held.close();
        await().until(() -> !waiting.isAlive());
        assertThat(pool.stats().available()).isEqualTo(1);
    }

    @Test
    void aCallerThatLeavesDoesNotCutOffTheConnectionThatIsBeingOpened() {
        conns.gate = new Semaphore(0);
        BoundedPool<Conns.Conn> pool = open(CONFIG);
        assertThatThrownBy(() -> Deadline.within(Duration.ofMillis(20), pool::acquire))
                .isInstanceOf(DeadlineExceeded.class);
        conns.gate.release();
        await().until(() -> pool.stats().available() == 1);
    }

    @Test
    void aForgottenLeaseIsReportedAndItsPlaceIsTaken() {
        BoundedPool<Conns.Conn> pool = open(CONFIG.withMaxSize(1));
        forget(pool);
        await().until(() -> {
            System.gc();
            pool.reclaim();
            return pool.stats().leaked() == 1;
        });
        await().until(() -> conns.closed.size() == 1);
        pool.acquire().close();
        assertThat(pool.stats().created()).isEqualTo(2);
    }

    private static void forget(BoundedPool<Conns.Conn> pool) {
        assertThat(pool.acquire().connection().number).isEqualTo(1);
    }

    @Test
    void closingRejectsThoseWhoWaitAndClosesTheRestWhenItComesBack() {
        BoundedPool<Conns.Conn> pool = open(CONFIG.withMaxSize(2));
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
        BoundedPool<Conns.Conn> pool = open(CONFIG);
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
        BoundedPool<Conns.Conn> pool = open(CONFIG);
        pool.acquire().close();
        assertThat(pool.drain(Duration.ofDays(1))).isEqualTo(new DrainReport(0, 0));
        assertThat(conns.open).isEmpty();
    }

    @Test
    void closingGivesUpWhatIsBeingOpened() {
        conns.gate = new Semaphore(0);
        BoundedPool<Conns.Conn> pool = open(CONFIG.withGrowth(Growth.defaults().withInitialSize(3)));
        await().until(() -> conns.attempts.get() == 3);
        pool.close();
        assertThat(pool.stats().connecting()).isZero();
    }
}
