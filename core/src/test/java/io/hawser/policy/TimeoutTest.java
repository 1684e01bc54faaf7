package io.hawser.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.policy.PolicyEvent.TimedOut;
import io.hawser.testing.FakeTime;
import io.hawser.testing.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimeoutTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final FakeTime time = new FakeTime();
    private final Events events = new Events();

    private Object lasts(Duration duration) {
        time.pass(duration);
        Deadline.current().check("the answer");
        return "a";
    }

    @Test
    void itIsTheDeadlineOfTheCall() throws Exception {
        Timeout timeout = Timeout.perAttempt(SECOND, events.context(time));
        assertThat(timeout.call(() -> Deadline.current().remaining())).isEqualTo(SECOND);
        assertThat(timeout.call(() -> lasts(Duration.ofMillis(999)))).isEqualTo("a");
        assertThat(timeout.limit()).isEqualTo(SECOND);
        assertThat(events.all()).isEmpty();
        assertThatExceptionOfType(DeadlineExceeded.class)
                .isThrownBy(() -> timeout.call(CallTraits.named("find"), () -> lasts(SECOND)));
        assertThat(events.all()).containsExactly(new TimedOut("test", "find", SECOND));
    }

    @Test
    void aFailureBeforeItIsNoTimeout() {
        assertThatThrownBy(() -> Timeout.overall(SECOND, events.context(time)).call(() -> {
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");
        assertThat(events.all()).isEmpty();
    }

    @Test
    void theShorterOfAllAndOneCounts() throws Exception {
        Policy policy = Policy.ordered(
                Timeout.perAttempt(Duration.ofSeconds(5), events.context(time)),
                Timeout.overall(SECOND, events.context(time)));
        assertThat(policy.call(() -> Deadline.current().remaining())).isEqualTo(SECOND);
        assertThat(policy.place()).isEqualTo(Place.DEADLINE);
        assertThat(Timeout.perAttempt(SECOND).place()).isEqualTo(Place.ATTEMPT_TIMEOUT);
        assertThat(Timeout.overall(SECOND).call(() -> "a")).isEqualTo("a");
    }

    @Test
    void anAdaptiveOneIsItsMaximumUntilEnoughIsKnown() throws Exception {
        Timeout timeout = Timeout.adaptive(Duration.ofMillis(5), Duration.ofSeconds(30), events.context(time));
        for (int i = 0; i < RollingLatency.ENOUGH; i++) {
            assertThat(timeout.limit()).isEqualTo(Duration.ofSeconds(30));
            timeout.call(() -> lasts(Duration.ofMillis(10)));
        }
        time.pass(Duration.ofMillis(100));
        assertThat(timeout.limit()).isBetween(Duration.ofMillis(30), Duration.ofMillis(33));
        for (int i = 0; i < 5_000; i++) timeout.call(() -> lasts(Duration.ofNanos(100_000)));
        time.pass(Duration.ofMillis(100));
        assertThat(timeout.limit()).isEqualTo(Duration.ofMillis(5));
    }

    @Test
    void anAdaptiveOneThatCutsOffTooManyRisesUntilItFits() throws Exception {
        Timeout timeout = Timeout.adaptive(Duration.ofMillis(5), Duration.ofSeconds(30), events.context(time));
        for (int i = 0; i < 200; i++) timeout.call(() -> lasts(Duration.ofMillis(10)));
        // All calls take 500 ms from now on.
        int cut = 0;
        for (int i = 0; i < 200; i++) {
            try {
                timeout.call(() -> lasts(Duration.ofMillis(500)));
            } catch (DeadlineExceeded late) {
                cut++;
            }
        }
        assertThat(cut).isBetween(1, 40);
        assertThat(timeout.limit()).isBetween(Duration.ofMillis(500), Duration.ofMillis(1600));
        assertThatThrownBy(() -> Timeout.adaptive(SECOND, Duration.ofMillis(1), events.context(time)))
                .hasMessage("min is PT1S, above max PT0.001S");
    }

    @Test
    void codeThatKnowsNoDeadlineIsInterruptedAndNoInterruptIsLeft() {
        Simulation simulation = new Simulation(3);
        Timeout timeout = Timeout.perAttempt(SECOND, events.context(simulation)).interrupting();
        List<String> log = new ArrayList<>();
        simulation.start(() -> {
            assertThatExceptionOfType(DeadlineExceeded.class)
                    .isThrownBy(() -> timeout.call(() -> {
                        simulation.sleep(Duration.ofHours(1));
                        return "a";
                    }))
                    .satisfies(error -> assertThat(error.getSuppressed()[0]).isInstanceOf(InterruptedException.class));
            log.add("cut at " + simulation.nanoTime() / 1_000_000 + ", flag "
                    + Thread.currentThread().isInterrupted());
            String deaf = timeout.call(() -> {
                while (!Thread.currentThread().isInterrupted()) simulation.parkNanos(this, Long.MAX_VALUE);
                return "an answer all the same";
            });
            log.add(deaf + ", flag " + Thread.currentThread().isInterrupted());
            log.add(timeout.call(() -> "in time"));
            assertThatThrownBy(() -> timeout.call(() -> {
                        throw new StackOverflowError();
                    }))
                    .isInstanceOf(StackOverflowError.class);
            assertThatThrownBy(() -> timeout.call(() -> {
                        throw new IllegalStateException("broken");
                    }))
                    .hasMessage("broken");
            simulation.sleep(Duration.ofMinutes(1));
            return log.add("flag " + Thread.currentThread().isInterrupted());
        });
        simulation.run();
        assertThat(log)
                .containsExactly(
                        "cut at 1000, flag false", "an answer all the same, flag false", "in time", "flag false");
    }

    @Test
    void theRollingPercentileIsThatOfTheLastTwentySecondsToASixteenth() {
        RollingLatency p95 = new RollingLatency(0.95, time);
        assertThat(p95.nanos()).isEqualTo(RollingLatency.UNKNOWN);
        Random random = new Random(5);
        long[] all = new long[10_000];
        for (int i = 0; i < all.length; i++) {
            all[i] = (long) Math.exp(random.nextDouble(Math.log(5_000), Math.log(100_000_000_000.0)));
            p95.record(all[i]);
        }
        time.pass(Duration.ofMillis(100));
        Arrays.sort(all);
        long exact = all[9_499];
        assertThat(p95.nanos()).isBetween(exact, exact + exact / 16 + 1);
        time.pass(Duration.ofSeconds(10));
        assertThat(p95.nanos()).isBetween(exact, exact + exact / 16 + 1);
        time.pass(Duration.ofSeconds(10));
        assertThat(p95.nanos()).isEqualTo(RollingLatency.UNKNOWN);
        for (int i = 0; i < 20; i++) p95.record(1);
        time.pass(Duration.ofSeconds(1));
        assertThat(p95.nanos()).isEqualTo(4096);
        for (int i = 0; i < 1_000; i++) p95.record(Long.MAX_VALUE);
        time.pass(Duration.ofSeconds(1));
        assertThat(p95.nanos()).isGreaterThan(Duration.ofMinutes(2).toNanos());
        time.pass(Duration.ofMinutes(5));
        assertThat(p95.nanos()).isEqualTo(RollingLatency.UNKNOWN);
    }
}
