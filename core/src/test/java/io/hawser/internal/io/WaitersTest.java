package io.hawser.internal.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WaitersTest {
    private final Waiters waiters = new Waiters();

    private static Thread parked(CompletableFuture<Object> result, CountDownLatch begun, Wait wait) {
        return Thread.ofPlatform().daemon().start(() -> {
            begun.countDown();
            try {
                result.complete(wait.result());
            } catch (InterruptedException e) {
                result.complete(e);
            }
        });
    }

    private interface Wait {
        boolean result() throws InterruptedException;
    }

    @Test
    void whatHoldsAlreadyIsNotWaitedForEvenByAThreadThatIsInterrupted() throws InterruptedException {
        Thread.currentThread().interrupt();
        assertThat(waiters.await(() -> true, Deadline.after(Duration.ZERO))).isTrue();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void whatDoesNotHoldByTheDeadlineIsFalse() throws InterruptedException {
        assertThat(waiters.await(() -> false, Deadline.after(Duration.ZERO))).isFalse();
        assertThat(waiters.await(() -> false, Deadline.after(Duration.ofMillis(5))))
                .isFalse();
    }

    @Test
    void anInterruptEndsTheWaitOfOneAndLeavesTheOthersWaiting() throws Exception {
        AtomicBoolean condition = new AtomicBoolean();
        CompletableFuture<Object> first = new CompletableFuture<>();
        CompletableFuture<Object> second = new CompletableFuture<>();
        CountDownLatch begun = new CountDownLatch(2);
        Thread interrupted = parked(first, begun, () -> waiters.await(condition::get, Deadline.none()));
        Thread patient = parked(second, begun, () -> waiters.await(condition::get, Deadline.none()));
        begun.await();
        await().until(() ->
                interrupted.getState() != Thread.State.RUNNABLE && patient.getState() != Thread.State.RUNNABLE);
        interrupted.interrupt();
        assertThat(first.get(30, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        assertThat(second).isNotDone();
        condition.set(true);
        waiters.wakeAll();
        assertThat(second.get(30, TimeUnit.SECONDS)).isEqualTo(true);
    }

    @Test
    void noWakeUpIsLostHoweverTheWaitAndTheWakeMeet() throws Exception {
        int threads = 3;
        int rounds = 20_000;
        AtomicInteger round = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        Waiters back = new Waiters();
        List<CompletableFuture<Object>> results = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            CompletableFuture<Object> result = new CompletableFuture<>();
            results.add(result);
            Thread.startVirtualThread(() -> {
                try {
                    for (int r = 1; r <= rounds; r++) {
                        int next = r;
                        waiters.await(() -> round.get() >= next, Deadline.none());
                        if (done.incrementAndGet() == next * threads) back.wakeAll();
                    }
                    result.complete("all");
                } catch (InterruptedException e) {
                    result.completeExceptionally(e);
                }
            });
        }
        for (int r = 1; r <= rounds; r++) {
            int now = r * threads;
            round.set(r);
            waiters.wakeAll();
            assertThat(back.await(() -> done.get() == now, Deadline.after(Duration.ofSeconds(30))))
                    .isTrue();
        }
        for (var result : results) assertThat(result.get(30, TimeUnit.SECONDS)).isEqualTo("all");
    }
}
