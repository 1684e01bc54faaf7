package io.hawser.internal.pool;

import static io.hawser.internal.pool.TestPools.CONFIG;
import static io.hawser.internal.pool.TestPools.awaitWaiting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hawser.Cancelled;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.Rejected;
import io.hawser.pool.Growth;
import io.hawser.pool.Lease;
import io.hawser.pool.PoolStats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class BoundedPoolTest {
    @RegisterExtension
    private final TestPools pools = new TestPools();

    private final Conns conns = pools.conns;

    @Test
    void aConnectionThatComesBackIsUsedAgain() {
        BoundedPool<Conns.Conn> pool = pools.open(CONFIG);
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
        BoundedPool<Conns.Conn> pool = pools.open(CONFIG);
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
        BoundedPool<Conns.Conn> pool = pools.open(CONFIG);
        Lease<Conns.Conn> lease = pool.acquire();
        lease.close();
        lease.close();
        lease.discard();
        assertThatThrownBy(lease::connection).isInstanceOf(IllegalStateException.class);
        assertThat(pool.stats().available()).isEqualTo(1);
    }

    @Test
    void noMoreThanTheMaximumIsOpenAndCallersAreServedInOrder() throws InterruptedException {
        BoundedPool<Conns.Conn> pool = pools.open(CONFIG.withMaxSize(1));
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
        BoundedPool<Conns.Conn> pool = pools.open(CONFIG.withMaxSize(1));
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
        BoundedPool<Conns.Conn> pool = pools.open(CONFIG.withMaxSize(1).withTimeout(Duration.ofMillis(20)));
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
        BoundedPool<Conns.Conn> pool = pools.open(CONFIG.withMaxSize(1));
        try (Lease<Conns.Conn> held = pool.acquire()) {
            assertThat(held.connection()).isNotNull();
            assertThatThrownBy(() -> Deadline.within(Duration.ofMillis(20), pool::acquire))
                    .isInstanceOf(DeadlineExceeded.class);
        }
    }

    @Test
    void moreCallersThanMayWaitAreRejected() {
        BoundedPool<Conns.Conn> pool = pools.open(CONFIG.withMaxSize(1).withMaxWaiting(1));
        Lease<Conns.Conn> held = pool.acquire();
        Thread waiting = Thread.startVirtualThread(() -> pool.acquire().close());
        awaitWaiting(pool, 1);
        assertThatThrownBy(pool::acquire).isInstanceOf(Rejected.class).hasMessageContaining("1 callers wait already");
        held.close();
        await().until(() -> !waiting.isAlive());
    }

    @Test
    void anInterruptEndsTheWaitAndLeavesTheFlagSet() {
        BoundedPool<Conns.Conn> pool = pools.open(CONFIG.withMaxSize(1));
        try (Lease<Conns.Conn> held = pool.acquire()) {
            assertThat(held.connection()).isNotNull();
            Thread.currentThread().interrupt();
            assertThatThrownBy(pool::acquire).isInstanceOf(Cancelled.class);
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(pool.stats().waiting()).isZero();
    }

    @Test
    void anInterruptedCallerCostsNoMoreThanTheConnectionThatItLookedAt() {
        BoundedPool<Conns.Conn> pool =
                pools.open(CONFIG.withEviction(CONFIG.eviction().withValidateAfter(Duration.ZERO)));
        List.of(pool.acquire(), pool.acquire(), pool.acquire()).forEach(Lease::close);
        conns.lookingTakesTime = true;
        Thread.currentThread().interrupt();
        assertThat(pool.tryAcquire()).isEmpty();
        assertThat(Thread.interrupted()).isTrue();
        await().until(() -> conns.closed.size() == 1);
        assertThat(conns.open).hasSize(2);
    }

    @Test
    void whoWasServedABrokenConnectionStaysThoughOthersFillTheQueue() throws Exception {
        BoundedPool<Conns.Conn> pool = pools.open(CONFIG.withMaxSize(1)
                .withMaxWaiting(1)
                .withEviction(CONFIG.eviction().withValidateAfter(Duration.ZERO)));
        Lease<Conns.Conn> held = pool.acquire();
        CompletableFuture<Integer> first = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try (Lease<Conns.Conn> lease = pool.acquire()) {
                first.complete(lease.connection().number);
            } catch (Throwable e) {
                first.completeExceptionally(e);
            }
        });
        awaitWaiting(pool, 1);
        CountDownLatch looks = new CountDownLatch(1);
        int before = conns.lookers.get();
        conns.onLook = looks;
        held.connection().broken = true;
        conns.gate = new Semaphore(0);
        held.close();
        await().until(() -> conns.lookers.get() == before + 1);
        Thread second = Thread.startVirtualThread(() -> pool.acquire().close());
        awaitWaiting(pool, 1);
        looks.countDown();
        conns.gate.release(10);
        assertThat(first.get(30, TimeUnit.SECONDS)).isEqualTo(2);
        await().until(() -> !second.isAlive());
    }

    @Test
    void aPoolThatCouldOpenNothingIsRefused() {
        assertThatThrownBy(() -> CONFIG.withMaxWaiting(0)).hasMessageStartingWith("maxWaiting 0");
        BoundedPool<Conns.Conn> pool =
                pools.open(CONFIG.withGrowth(Growth.fixed(1)).withMaxWaiting(0));
        await().until(() -> pool.stats().available() == 1);
        try (Lease<Conns.Conn> only = pool.acquire()) {
            assertThat(only.connection().number).isOne();
            assertThatThrownBy(pool::acquire).isInstanceOf(Rejected.class);
        }
    }
}
