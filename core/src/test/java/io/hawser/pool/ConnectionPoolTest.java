package io.hawser.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.hawser.Async;
import io.hawser.Deadline;
import io.hawser.DrainReport;
import io.hawser.Rejected;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/// The pool as its users see it.
final class ConnectionPoolTest {
    private static final PoolConfig CONFIG =
            PoolConfig.defaults().withName("api").withMaxSize(1).withTimeout(Duration.ofSeconds(30));

    @Test
    void aForgottenLeaseIsReportedWithTheLineThatAcquiredItAndItsPermitIsReclaimed() {
        Logger logger = (Logger) LoggerFactory.getLogger("io.hawser.internal.pool.Housekeeper");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try (ConnectionPool<StringBuilder> pool = ConnectionPool.open(CONFIG, StringBuilder::new)) {
            acquireAndForget(pool);
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                System.gc();
                return pool.stats().leaked() == 1;
            });
            pool.acquire().close();
            // The line may be written a moment after it was counted.
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(List.copyOf(log.list))
                            .anySatisfy(event -> assertThat(event.getFormattedMessage())
                                    .contains("Pool api: a lease was forgotten")
                                    .contains("ConnectionPoolTest.acquireAndForget(ConnectionPoolTest.java:")));
        } finally {
            logger.detachAppender(log);
        }
    }

    private static void acquireAndForget(ConnectionPool<StringBuilder> pool) {
        assertThat(pool.acquire().connection()).isEmpty();
    }

    @Test
    void whatIsNotCloseableIsForgottenWhenItIsDiscarded() {
        try (ConnectionPool<StringBuilder> pool = ConnectionPool.open(CONFIG, StringBuilder::new)) {
            Lease<StringBuilder> lease = pool.acquire();
            lease.discard();
            assertThat(pool.stats().total()).isZero();
        }
    }

    @Test
    void aFutureThatIsCancelledGivesUpItsPlaceInTheQueue() {
        try (ConnectionPool<StringBuilder> pool = ConnectionPool.open(CONFIG, StringBuilder::new);
                Lease<StringBuilder> held = pool.acquire()) {
            assertThat(held.connection()).isEmpty();
            CompletableFuture<Lease<StringBuilder>> future = Async.call(pool::acquire);
            await().atMost(Duration.ofSeconds(30)).until(() -> pool.stats().waiting() == 1);
            future.cancel(true);
            await().atMost(Duration.ofSeconds(30)).until(() -> pool.stats().waiting() == 0);
        }
    }

    @Test
    void whoStillWaitsAtTheEndOfADrainIsCutToo() {
        try (ConnectionPool<StringBuilder> pool = ConnectionPool.open(CONFIG, StringBuilder::new)) {
            Lease<StringBuilder> held = pool.acquire();
            CompletableFuture<Lease<StringBuilder>> waiting = Async.call(pool::acquire);
            await().atMost(Duration.ofSeconds(30)).until(() -> pool.stats().waiting() == 1);
            assertThat(pool.drain(Duration.ZERO)).isEqualTo(new DrainReport(0, 2));
            assertThatThrownBy(waiting::join).hasCauseInstanceOf(Rejected.class);
            assertThatThrownBy(held::connection).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aDrainEndsAtTheDeadlineOfItsCaller() {
        try (ConnectionPool<StringBuilder> pool = ConnectionPool.open(CONFIG, StringBuilder::new)) {
            Lease<StringBuilder> held = pool.acquire();
            assertThat(Deadline.within(Duration.ofMillis(100), () -> pool.drain(Duration.ofDays(1))))
                    .isEqualTo(new DrainReport(0, 1));
            assertThatThrownBy(held::connection).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void configurationsThatMakeNoSenseAreRefusedByName() {
        assertThatThrownBy(() -> CONFIG.withMaxSize(0)).hasMessage("maxSize 0: at least 1");
        assertThatThrownBy(() -> CONFIG.withGrowth(Growth.fixed(2)))
                .hasMessage("growth.initialSize 2: at most maxSize, 1");
        assertThatThrownBy(() -> Growth.defaults().withStep(0))
                .hasMessage("initialSize 0: at least 1 where the pool does not grow");
        assertThatThrownBy(() -> Eviction.defaults().withAge(Duration.ofSeconds(1), Double.NaN))
                .hasMessage("ageJitter NaN: from 0 to 1");
        assertThatThrownBy(() -> CONFIG.withTimeout(Duration.ZERO)).hasMessage("timeout PT0S: above zero");
    }
}
