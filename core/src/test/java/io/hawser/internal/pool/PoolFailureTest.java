package io.hawser.internal.pool;

import static io.hawser.internal.pool.TestPools.CONFIG;
import static io.hawser.internal.pool.TestPools.awaitWaiting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hawser.ConnectFailed;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.Rejected;
import io.hawser.pool.Growth;
import io.hawser.pool.Lease;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What a pool does when a connection cannot be opened, or is not given back.
final class PoolFailureTest {
    @RegisterExtension
    private final TestPools pools = new TestPools();

    private final Conns conns = pools.conns;
    private final HeldTime time = pools.time;

    @Test
    void whenOpeningFailsAndNothingElseIsOpenAllWhoWaitAreTold() {
        conns.failing = true;
        conns.gate = new Semaphore(0);
        BoundedPool<Conns.Conn> pool = pools.open(CONFIG);
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
                pools.open(CONFIG.withGrowth(Growth.defaults().withPauses(Duration.ofDays(100), Duration.ofDays(200))));
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
        BoundedPool<Conns.Conn> pool = pools.open(CONFIG);
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
        BoundedPool<Conns.Conn> pool = pools.open(CONFIG);
        assertThatThrownBy(() -> Deadline.within(Duration.ofMillis(20), pool::acquire))
                .isInstanceOf(DeadlineExceeded.class);
        conns.gate.release();
        await().until(() -> pool.stats().available() == 1);
    }

    @Test
    void aForgottenLeaseIsReportedAndItsPlaceIsTaken() {
        BoundedPool<Conns.Conn> pool = pools.open(CONFIG.withMaxSize(1));
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
    void aFactoryThatIsRejectedItselfIsAFailureAndNoClosedPool() {
        Rejected busy = new Rejected("too many connections", null);
        BoundedPool<Object> pool = BoundedPool.open(
                CONFIG,
                () -> {
                    throw busy;
                },
                time);
        try (pool) {
            assertThatThrownBy(pool::acquire)
                    .isInstanceOf(ConnectFailed.class)
                    .hasMessageContaining("too many connections")
                    .hasCause(busy);
        }
    }

    @Test
    void aFailureWithoutAMessageIsNamed() {
        BoundedPool<Object> pool = BoundedPool.open(
                CONFIG,
                () -> {
                    throw new NoSuchElementException();
                },
                time);
        try (pool) {
            assertThatThrownBy(pool::acquire).hasMessageContaining("NoSuchElementException");
        }
    }

    @Test
    void aLookThatEndsInAnErrorMeansThatTheConnectionIsOfNoUse() {
        BoundedPool<Conns.Conn> pool =
                pools.open(CONFIG.withEviction(CONFIG.eviction().withValidateAfter(Duration.ZERO)));
        pool.acquire().close();
        conns.looking = new StackOverflowError("for the test");
        assertThat(pool.tryAcquire()).isEmpty();
        await().until(() -> conns.closed.size() == 1);
        assertThat(pool.stats().total()).isZero();
    }

    @Test
    void aLookHasTheTimeLimitOfThePool() {
        BoundedPool<Conns.Conn> pool =
                pools.open(CONFIG.withEviction(CONFIG.eviction().withValidateAfter(Duration.ZERO)));
        pool.acquire().close();
        pool.acquire().close();
        assertThat(conns.limit.isBounded()).isTrue();
        assertThat(conns.limit.remaining()).isLessThanOrEqualTo(CONFIG.timeout());
    }
}
