package io.hawser.nats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class GatheringTest {
    private final BlockingQueue<List<Integer>> done = new LinkedBlockingQueue<>();
    private final CountDownLatch goesOn = new CountDownLatch(1);
    private final Gathering<Integer> gathering = new Gathering<>(4, this::work);

    private void work(String key, List<Integer> asked) {
        done.add(asked);
        try {
            if (key.equals("slow")) goesOn.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Integer> next() throws InterruptedException {
        List<Integer> next = done.poll(30, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }

    private void awaitIdle() {
        while (gathering.keys() > 0) Thread.onSpinWait();
    }

    @Test
    void whatIsAskedMeanwhileIsDoneTogetherAndOtherKeysDoNotWait() throws Exception {
        assertThat(gathering.ask("slow", 1)).isTrue();
        assertThat(next()).containsExactly(1);
        for (int i = 2; i <= 5; i++) assertThat(gathering.ask("slow", i)).isTrue();
        assertThat(gathering.ask("slow", 6)).as("more than may wait").isFalse();
        assertThat(gathering.ask("other", 7)).isTrue();
        assertThat(next()).containsExactly(7);
        goesOn.countDown();
        assertThat(next()).containsExactly(2, 3, 4, 5);
        awaitIdle();
        assertThat(gathering.ask("slow", 8)).isTrue();
        assertThat(next()).containsExactly(8);
        awaitIdle();
    }
}
