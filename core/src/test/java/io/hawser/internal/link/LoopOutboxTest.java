package io.hawser.internal.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoop;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Many threads post to one loop at once.
@Timeout(300)
final class LoopOutboxTest {
    private static final int PRODUCERS = 4;

    private final DefaultEventLoop loop = new DefaultEventLoop();

    /// Which number of each producer is the next. Touched by the loop's thread only.
    private final int[] opened = new int[PRODUCERS];

    private final List<String> wrong = new ArrayList<>();

    @AfterEach
    void stop() {
        loop.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void whatEachThreadPostsIsOpenedOnceAndInItsOrder() throws Exception {
        postFromAll(20_000);
    }

    @Test
    void whatIsPostedToALoopThatHasStoppedIsNotKept() {
        LoopOutbox outbox =
                loop.submit(() -> LoopOutbox.of(loop)).syncUninterruptibly().getNow();
        stop();
        assertThat(outbox.run(() -> {})).isFalse();
        assertThat(outbox.isEmpty()).isTrue();
    }

    @Test
    @Tag("full")
    void whatEachThreadPostsIsOpenedOnceAndInItsOrderForLong() throws Exception {
        for (int i = 0; i < 200; i++) postFromAll(100_000);
    }

    private void postFromAll(int parcels) throws InterruptedException {
        LoopOutbox outbox =
                loop.submit(() -> LoopOutbox.of(loop)).syncUninterruptibly().getNow();
        Arrays.fill(opened, 0);
        CountDownLatch all = new CountDownLatch(PRODUCERS * parcels);
        CountDownLatch ready = new CountDownLatch(PRODUCERS);
        List<Thread> producers = new ArrayList<>();
        for (int i = 0; i < PRODUCERS; i++) {
            int producer = i;
            producers.add(Thread.ofPlatform().start(() -> {
                ready.countDown();
                try {
                    ready.await();
                } catch (InterruptedException e) {
                    return;
                }
                for (int number = 0; number < parcels; number++) {
                    int next = number;
                    outbox.run(() -> {
                        open(producer, next);
                        all.countDown();
                    });
                }
            }));
        }
        for (Thread producer : producers) producer.join();
        assertThat(all.await(60, TimeUnit.SECONDS)).as("all are opened").isTrue();
        assertThat(loop.submit(() -> List.copyOf(wrong)).syncUninterruptibly().getNow())
                .isEmpty();
    }

    private void open(int producer, int number) {
        if (!loop.inEventLoop()) wrong.add("opened on " + Thread.currentThread());
        if (number != opened[producer]) wrong.add("of " + producer + " came " + number + " for " + opened[producer]);
        opened[producer] = number + 1;
    }
}
