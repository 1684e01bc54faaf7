package io.hawser.internal.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.io.IoConfig;
import io.hawser.io.IoStats;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IoLoopTest {
    private final NettyIoThreads io = NettyIoThreads.start(
            IoConfig.defaults().withThreads(1).withQueueSizePerThread(3).withName("io-loop-test"));
    private final IoLoop loop = io.next();
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void stop() {
        release.countDown();
        io.close();
    }

    private void occupy() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        loop.execute(() -> {
            begun.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        begun.await();
    }

    @Test
    void exactlyAsManyOfferedTasksWaitAsTheBoundSays() throws InterruptedException {
        AtomicInteger ran = new AtomicInteger();
        occupy();
        for (int i = 0; i < 3; i++) assertThat(loop.offer(ran::incrementAndGet)).isTrue();
        assertThat(loop.offer(ran::incrementAndGet)).isFalse();
        assertThat(loop.stats().rejectedTasks()).isEqualTo(1);

        release.countDown();
        await().until(() -> ran.get() == 3);
        assertThat(loop.offer(ran::incrementAndGet)).isTrue();
    }

    @Test
    void nettysOwnTasksAreNeverRefused() throws InterruptedException {
        AtomicInteger ran = new AtomicInteger();
        occupy();
        for (int i = 0; i < 100; i++) loop.execute(ran::incrementAndGet);
        release.countDown();
        await().until(() -> ran.get() == 100);
    }

    @Test
    void anOfferedTaskThatThrowsFreesItsPlace() {
        for (int i = 0; i < 10; i++) {
            CountDownLatch ran = new CountDownLatch(1);
            assertThat(loop.offer(() -> {
                        ran.countDown();
                        throw new IllegalStateException("thrown by a test");
                    }))
                    .isTrue();
            await().until(() -> ran.getCount() == 0);
        }
    }

    @Test
    void aStoppedLoopRefuses() {
        io.close();
        assertThat(loop.offer(() -> {})).isFalse();
    }

    @Test
    void itCountsWhatItTakesAndWhatWaits() throws InterruptedException {
        occupy();
        long before = loop.taken();
        for (int i = 0; i < 5; i++) loop.execute(() -> {});
        assertThat(loop.stats().pendingTasks()).isEqualTo(5);
        assertThat(loop.taken()).isEqualTo(before);
        release.countDown();
        await().untilAsserted(() -> {
            IoStats.Loop stats = io.stats().loops().getFirst();
            assertThat(stats.executedTasks()).isEqualTo(before + 5);
            assertThat(stats.pendingTasks()).isZero();
            assertThat(stats.name()).isEqualTo("io-loop-test-0");
        });
    }

    @Test
    void theGroupTakesItsLoopsInTurn() {
        try (NettyIoThreads three =
                NettyIoThreads.start(IoConfig.defaults().withThreads(3).withName("in-turn-test"))) {
            assertThat(new IoLoop[] {three.next(), three.next(), three.next(), three.next()})
                    .extracting(IoLoop::name)
                    .containsExactly("in-turn-test-0", "in-turn-test-1", "in-turn-test-2", "in-turn-test-0");
        }
        assertThat(io.group().isShutdown()).isFalse();
    }
}
