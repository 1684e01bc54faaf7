package io.hawser.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.hawser.DrainReport;
import io.hawser.Rejected;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SharedIoThreadsTest {
    private static Set<Thread> loops() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches("hawser-io-\\d+"))
                .collect(Collectors.toSet());
    }

    /// A test that failed to close what it started is no reason for this one to fail as well.
    @BeforeEach
    void nobodyElseHoldsThem() {
        assumeThat(loops()).isEmpty();
    }

    @Test
    void theThreadsEndWithTheLastHandleAndStartAnewWithTheNext() {
        IoThreads first = IoThreads.shared();
        IoThreads second = IoThreads.shared();
        Set<Thread> started = loops();
        assertThat(started).hasSize(Runtime.getRuntime().availableProcessors());

        first.close();
        first.close();
        assertThat(loops()).isEqualTo(started);
        CountDownLatch ran = new CountDownLatch(1);
        second.post(ran::countDown);
        await().until(() -> ran.getCount() == 0);

        second.close();
        assertThat(loops()).isEmpty();

        try (IoThreads third = IoThreads.shared()) {
            assertThat(loops()).isNotEmpty().doesNotContainAnyElementsOf(started);
            assertThat(third.stats().tasks().submitted()).isZero();
        }
        assertThat(loops()).isEmpty();
    }

    @Test
    void aDrainConcernsTheTasksOfItsHandleOnly() throws InterruptedException {
        try (IoThreads mine = IoThreads.shared();
                IoThreads others = IoThreads.shared()) {
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch release = new CountDownLatch(1);
            CountDownLatch ended = new CountDownLatch(1);
            others.post(() -> {
                begun.countDown();
                try {
                    release.await();
                    ended.countDown();
                } catch (InterruptedException e) {
                    throw new AssertionError("interrupted by the drain of another handle", e);
                }
            });
            begun.await();

            assertThat(mine.drain(Duration.ofSeconds(30))).isEqualTo(new DrainReport(0, 0));
            assertThatExceptionOfType(Rejected.class).isThrownBy(() -> mine.post(() -> {}));
            release.countDown();
            await().until(() -> ended.getCount() == 0);
        }
        assertThat(loops()).isEmpty();
    }
}
