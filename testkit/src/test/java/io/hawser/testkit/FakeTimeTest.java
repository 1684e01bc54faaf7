package io.hawser.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.Async;
import io.hawser.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class FakeTimeTest {
    private final FakeTime time = new FakeTime();

    @Test
    void aDeadlinePassesWhenTheTestSaysSo() {
        Deadline deadline = Deadline.after(Duration.ofSeconds(2), time);
        time.advance(Duration.ofMillis(1999));
        assertThat(deadline.hasPassed()).isFalse();
        assertThat(deadline.remaining()).isEqualTo(Duration.ofMillis(1));
        time.advance(Duration.ofMillis(1));
        assertThat(deadline.hasPassed()).isTrue();
    }

    @Test
    void aClockStepMovesTheTimeOfDayAndNoDeadline() {
        Deadline deadline = Deadline.after(Duration.ofSeconds(2), time);
        Instant before = time.now();
        time.stepClock(Duration.ofHours(1));
        assertThat(time.now()).isEqualTo(before.plus(Duration.ofHours(1)));
        assertThat(deadline.hasPassed()).isFalse();
        assertThatThrownBy(() -> time.advance(Duration.ofSeconds(-1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSleeperWakesWhenItsTimeHasCome() throws Exception {
        CompletableFuture<Long> slept = Async.call(() -> {
            time.sleep(Duration.ofSeconds(10));
            return time.nanoTime();
        });
        time.awaitSleepers(1);
        time.advance(Duration.ofSeconds(9));
        assertThat(slept).isNotDone();
        time.advance(Duration.ofSeconds(1));
        assertThat(slept.get()).isEqualTo(Duration.ofSeconds(10).toNanos());
    }

    @Test
    void whoIsParkedWakesWhenItsTimeHasComeOrWhenUnparked() throws Exception {
        CompletableFuture<Long> waited = Async.call(() -> {
            time.parkNanos(this, Duration.ofSeconds(10).toNanos());
            return time.nanoTime();
        });
        time.awaitSleepers(1);
        time.advance(Duration.ofSeconds(9));
        assertThat(waited).isNotDone();
        time.advance(Duration.ofSeconds(1));
        assertThat(waited.get()).isEqualTo(Duration.ofSeconds(10).toNanos());

        time.parkNanos(this, 0);
        LockSupport.unpark(Thread.currentThread());
        time.parkNanos(this, Long.MAX_VALUE);
        assertThat(time.nanoTime()).isEqualTo(Duration.ofSeconds(10).toNanos());
    }

    @Test
    void whoseTimeHasComeCountsNoMoreAsASleeper() throws Exception {
        CompletableFuture<Long> slept = new CompletableFuture<>();
        // It cannot go on while this thread has the monitor.
        synchronized (time) {
            var _ = Async.call(() -> slept.complete(sleep(Duration.ofSeconds(1))));
            time.awaitSleepers(1);
            time.advance(Duration.ofSeconds(1));
            assertThat(time.sleepers()).isZero();
        }
        assertThat(slept.get()).isEqualTo(Duration.ofSeconds(1).toNanos());
    }

    @Test
    void aSleepWithoutEndIsNoOverflow() throws Exception {
        time.advance(Duration.ofSeconds(1));
        CompletableFuture<Long> slept = Async.call(() -> sleep(Duration.ofNanos(Long.MAX_VALUE)));
        CompletableFuture<Long> longer = Async.call(() -> sleep(Duration.ofSeconds(Long.MAX_VALUE)));
        time.awaitSleepers(2);
        assertThat(slept).isNotDone();
        assertThat(longer).isNotDone();
        time.advance(Duration.ofNanos(Long.MAX_VALUE - time.nanoTime()));
        assertThat(slept.get()).isEqualTo(Long.MAX_VALUE);
        assertThat(longer.get()).isEqualTo(Long.MAX_VALUE);
    }

    private long sleep(Duration duration) throws InterruptedException {
        time.sleep(duration);
        return time.nanoTime();
    }
}
