package io.hawser.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.Cancelled;
import io.hawser.ConnectionLost;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.HawserException.Processed;
import io.hawser.internal.http.SingleFlight.Landing;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SingleFlightTest {
    private final SingleFlight<String, String> flights = new SingleFlight<>("the work");
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);

    @AfterEach
    void end() {
        threads.close();
    }

    private Future<Landing<String>> lead(Callable<String> atEnd) throws Exception {
        Future<Landing<String>> leader = threads.submit(() -> flights.run("k", () -> {
            begun.countDown();
            go.await();
            return atEnd.call();
        }));
        begun.await();
        return leader;
    }

    private Future<Landing<String>> follow(Thread[] thread) {
        Future<Landing<String>> follower = threads.submit(() -> {
            thread[0] = Thread.currentThread();
            return flights.run("k", () -> "own");
        });
        Awaitility.await().until(() -> isWaiting(thread[0]));
        return follower;
    }

    private static boolean isWaiting(@Nullable Thread thread) {
        if (thread == null) return false;
        return thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING;
    }

    @Test
    void whoComesMeanwhileGetsTheSameAndWhoComesLaterGetsItAnew() throws Exception {
        Future<Landing<String>> leader = lead(() -> "led");
        Future<Landing<String>> follower = follow(new Thread[1]);
        assertThat(flights.run("other", () -> "else")).isEqualTo(new Landing<>("else", false));
        go.countDown();
        assertThat(leader.get()).isEqualTo(new Landing<>("led", false));
        assertThat(follower.get()).isEqualTo(new Landing<>("led", true));
        assertThat(flights.run("k", () -> "own")).isEqualTo(new Landing<>("own", false));
    }

    @Test
    void aFailureIsShared() throws Exception {
        Future<Landing<String>> leader = lead(() -> {
            throw new ConnectionLost("reset", Processed.MAYBE, null);
        });
        Future<Landing<String>> follower = follow(new Thread[1]);
        go.countDown();
        for (Future<Landing<String>> one : List.of(leader, follower)) {
            assertThatThrownBy(one::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(ConnectionLost.class);
        }
    }

    @Test
    void aLeaderThatGaveUpIsReplaced() throws Exception {
        Future<Landing<String>> leader = lead(() -> {
            throw new Cancelled("interrupted", Processed.NO, null);
        });
        Future<Landing<String>> follower = follow(new Thread[1]);
        go.countDown();
        assertThat(follower.get()).isEqualTo(new Landing<>("own", false));
        assertThatThrownBy(leader::get).hasCauseInstanceOf(Cancelled.class);
    }

    @Test
    void aFollowerLeavesAtItsDeadlineOrItsInterrupt() throws Exception {
        Future<Landing<String>> leader = lead(() -> "led");
        assertThatThrownBy(() -> Deadline.after(Duration.ofMillis(10)).call(() -> flights.run("k", () -> "own")))
                .isInstanceOf(DeadlineExceeded.class)
                .hasMessageContaining("the work");
        Thread[] thread = new Thread[1];
        Future<Landing<String>> follower = follow(thread);
        thread[0].interrupt();
        assertThatThrownBy(follower::get).hasCauseInstanceOf(Cancelled.class);
        go.countDown();
        assertThat(leader.get().value()).isEqualTo("led");
    }
}
