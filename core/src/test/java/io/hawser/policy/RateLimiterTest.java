package io.hawser.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.Cancelled;
import io.hawser.ConnectionLost;
import io.hawser.Deadline;
import io.hawser.HawserException.Processed;
import io.hawser.Rejected;
import io.hawser.TimeSource;
import io.hawser.policy.PolicyEvent.Refused;
import io.hawser.policy.PolicyEvent.StoreFailed;
import io.hawser.testing.FakeTime;
import io.hawser.testing.Simulation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimiterTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final FakeTime time = new FakeTime();
    private final Events events = new Events();
    private final PolicyContext context = events.context(time);

    private static void passes(Policy limiter, String key) throws Exception {
        assertThat(limiter.call(CallTraits.named("find").withKey(key), () -> "a"))
                .isEqualTo("a");
    }

    private static Duration refused(Policy limiter, String key) {
        try {
            limiter.call(CallTraits.named("find").withKey(key), () -> "a");
        } catch (Rejected refused) {
            return refused.retryAfter().orElseThrow();
        } catch (Exception other) {
            throw new AssertionError(other);
        }
        throw new AssertionError("it passed");
    }

    @Test
    void aWindowHasItsPermitsAtOnceAndSaysWhenTheNextOnesCome() throws Exception {
        RateLimiter limiter = RateLimiter.rejecting(RateLimit.perWindow(3, MINUTE), context);
        for (int i = 0; i < 3; i++) passes(limiter, "");
        time.pass(Duration.ofSeconds(20));
        assertThat(refused(limiter, "")).isEqualTo(Duration.ofSeconds(40));
        time.pass(Duration.ofSeconds(40));
        for (int i = 0; i < 3; i++) passes(limiter, "");
        assertThat(refused(limiter, "")).isEqualTo(MINUTE);
        assertThat(events.of(Refused.class)).extracting(Refused::by).containsOnly("rate limit");
        assertThat(limiter.place()).isEqualTo(Place.RATE_LIMIT);
    }

    @Test
    void aTokenBucketFillsEvenly() throws Exception {
        RateLimiter limiter = RateLimiter.rejecting(RateLimit.tokenBucket(10, SECOND, 2), context);
        passes(limiter, "");
        passes(limiter, "");
        assertThat(refused(limiter, "")).isEqualTo(Duration.ofMillis(100));
        time.pass(Duration.ofMillis(100));
        passes(limiter, "");
        assertThat(refused(limiter, "")).isEqualTo(Duration.ofMillis(100));
    }

    /// Permits for all, and a broker that has just gone whenever it is told something.
    private static final class LosingStore implements RateLimitStore {
        boolean sawInterrupt;

        @Override
        public Grant take(String key, Duration maxWait) {
            return new Grant(true, maxWait);
        }

        @Override
        public void giveBack(String key) {
            sawInterrupt = Thread.currentThread().isInterrupted();
            throw new ConnectionLost("lost", Processed.MAYBE, null);
        }

        @Override
        public void hold(String key, Duration duration) {
            throw new Rejected("away", null);
        }

        @Override
        public void lower(String key, long remaining) {
            throw new Rejected("away", null);
        }
    }

    @Test
    void anAnswerOrAFailureStandsThoughItsHintCannotBeStored() throws Exception {
        RateLimiter limiter = RateLimiter.on(new LosingStore(), false, Duration.ZERO, context);
        Verdict busy = Verdict.throttled("busy", Processed.NO, Optional.of(SECOND));
        CallTraits traits = CallTraits.named("find").withClassifier(new Classifier() {
            @Override
            public Verdict answer(@Nullable Object answer) {
                return busy;
            }

            @Override
            public Verdict failure(Throwable failure) {
                return busy;
            }
        });
        assertThat(limiter.<String>call(traits, () -> "busy")).isEqualTo("busy");
        IOException failure = new IOException("busy");
        assertThatThrownBy(() -> limiter.call(traits, () -> {
                    throw failure;
                }))
                .isSameAs(failure);
        limiter.learn("", 3, SECOND);
        assertThat(events.of(StoreFailed.class))
                .hasSize(3)
                .allMatch(told -> told.error().contains("away"));
    }

    @Test
    void aPermitIsGivenBackBeforeTheInterruptIsSeen() {
        LosingStore store = new LosingStore();
        RateLimiter limiter = RateLimiter.on(store, false, MINUTE, events.context(TimeSource.system()));
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(Cancelled.class).isThrownBy(() -> limiter.call(CallTraits.named("find"), () -> "a"));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(store.sawInterrupt).isFalse();
        assertThat(events.of(StoreFailed.class)).hasSize(1);
    }

    @Test
    void thoseWhoWaitAreServedInTurnAtTheRate() {
        Simulation simulation = new Simulation(11);
        RateLimiter limiter =
                RateLimiter.waiting(RateLimit.tokenBucket(10, SECOND, 1), MINUTE, events.context(simulation));
        List<Long> served = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            simulation.start(() -> limiter.call(() -> served.add(simulation.nanoTime() / 1_000_000)));
        }
        simulation.run();
        assertThat(served).hasSize(20).isSorted();
        for (int i = 0; i < 20; i++) assertThat(served.get(i)).isBetween(100L * i, 100L * i + 1);
    }

    @Test
    void aWaitBeyondItsBoundOrTheDeadlineIsRefusedAtOnce() throws Exception {
        RateLimiter limiter = RateLimiter.waiting(RateLimit.perWindow(1, MINUTE), Duration.ofMinutes(2), context);
        passes(limiter, "");
        long before = time.nanoTime();
        assertThatExceptionOfType(Rejected.class)
                .isThrownBy(() -> Deadline.after(Duration.ofSeconds(59), time).call(() -> limiter.call(() -> "a")))
                .withMessage("test: rate limit reached")
                .satisfies(error -> assertThat(error.retryAfter()).contains(MINUTE));
        assertThat(time.nanoTime()).isEqualTo(before);
        passes(limiter, "");
        assertThat(time.nanoTime() - before).isEqualTo(MINUTE.toNanos());
    }

    @Test
    void anInterruptedWaiterGivesItsPermitBack() {
        Simulation simulation = new Simulation(1);
        RateLimiter limiter = RateLimiter.waiting(RateLimit.perWindow(1, MINUTE), MINUTE, events.context(simulation));
        List<String> log = new ArrayList<>();
        Thread waiter = simulation.start(() -> {
            limiter.call(() -> "a");
            assertThatExceptionOfType(Cancelled.class).isThrownBy(() -> limiter.call(() -> "b"));
            return log.add("flag " + Thread.currentThread().isInterrupted());
        });
        simulation.start(() -> {
            simulation.sleep(SECOND);
            waiter.interrupt();
            simulation.sleep(MINUTE);
            return limiter.call(() -> log.add("its permit at " + simulation.nanoTime() / 1_000_000_000));
        });
        simulation.run();
        assertThat(log).containsExactly("flag true", "its permit at 61");
    }

    @Test
    void everyKeyHasALimitOfItsOwn() throws Exception {
        RateLimiter limiter = RateLimiter.byKey(RateLimit.perWindow(1, MINUTE), Duration.ZERO, context);
        passes(limiter, "a");
        passes(limiter, "b");
        refused(limiter, "a");
        RateLimiter one = RateLimiter.rejecting(RateLimit.perWindow(1, MINUTE), context);
        passes(one, "a");
        refused(one, "b");
    }

    @Test
    void idleKeysAreForgottenAndTooManyToo() {
        LocalRateLimits limits = new LocalRateLimits(RateLimit.perWindow(1, MINUTE), 100, time);
        for (int i = 0; i < 50; i++) limits.take("key " + i, Duration.ZERO);
        assertThat(limits.keys()).isEqualTo(50);
        time.pass(Duration.ofMinutes(61));
        assertThat(limits.keys()).isZero();
        for (int i = 0; i < 1_000; i++) limits.take("key " + i, Duration.ZERO);
        assertThat(limits.keys()).isEqualTo(100);
        LocalRateLimits slow = new LocalRateLimits(RateLimit.perWindow(1, Duration.ofHours(3)), 100, time);
        slow.take("a", Duration.ZERO);
        time.pass(Duration.ofHours(2));
        assertThat(slow.keys()).isOne();
    }

    @Test
    void itLearnsFromBeingThrottled() throws Exception {
        RateLimiter limiter = RateLimiter.rejecting(RateLimit.perSecond(100), context);
        assertThatThrownBy(() -> limiter.call(() -> {
                    throw new Rejected("busy", Duration.ofSeconds(7));
                }))
                .hasMessage("busy");
        assertThat(refused(limiter, "")).isEqualTo(Duration.ofSeconds(7));
        time.pass(Duration.ofSeconds(7));
        passes(limiter, "");
        // What a policy further in refuses says nothing of the other side.
        assertThatThrownBy(() -> limiter.call(Attempt.first(CallTraits.unnamed()), attempt -> {
                    throw attempt.refusal("open", Optional.of(MINUTE));
                }))
                .hasMessage("open");
        passes(limiter, "");
    }

    @Test
    void itLearnsWhatTheOtherSideCounts() throws Exception {
        RateLimiter limiter = RateLimiter.byKey(RateLimit.perWindow(10, MINUTE), Duration.ZERO, context);
        limiter.learn("a", 2, MINUTE);
        passes(limiter, "a");
        limiter.learn("a", 5, MINUTE);
        passes(limiter, "a");
        refused(limiter, "a");
        limiter.learn("b", 0, Duration.ofSeconds(5));
        assertThat(refused(limiter, "b")).isEqualTo(Duration.ofSeconds(5));
        limiter.learn("b", -1, Duration.ofSeconds(2));
        assertThat(refused(limiter, "b")).isEqualTo(Duration.ofSeconds(5));
        RateLimiter one = RateLimiter.waiting(RateLimit.perSecond(10), MINUTE, context);
        one.learn("ignored", 0, Duration.ofSeconds(3));
        long before = time.nanoTime();
        passes(one, "");
        assertThat(time.nanoTime() - before).isEqualTo(Duration.ofSeconds(3).toNanos());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void neverMoreThanBurstAndRateAllowWhoeverIsInterrupted(long seed) {
        Simulation simulation = new Simulation(seed);
        Random random = new Random(seed);
        RateLimiter limiter = RateLimiter.waiting(
                RateLimit.tokenBucket(100, SECOND, 20), Duration.ofSeconds(5), events.context(simulation));
        List<Long> served = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        int[] refused = {0};
        for (int i = 0; i < 3_000; i++) {
            Duration begin = Duration.ofMillis(random.nextInt(10_000));
            threads.add(simulation.start(() -> {
                simulation.sleep(begin);
                try {
                    return limiter.call(() -> served.add(simulation.nanoTime()));
                } catch (Rejected | Cancelled out) {
                    return refused[0]++;
                }
            }));
        }
        simulation.start(() -> {
            simulation.sleep(Duration.ofSeconds(1));
            for (int i = 0; i < 500; i++) {
                simulation.sleep(Duration.ofMillis(20));
                // The sleep before the call is not what is tested.
                Thread thread = threads.get(random.nextInt(threads.size()));
                if (thread.getState() == Thread.State.WAITING && simulation.nanoTime() > 10_000_000_000L) {
                    thread.interrupt();
                }
            }
            return served;
        });
        simulation.run();
        assertThat(served.size() + refused[0]).isEqualTo(3_000);
        assertThat(served).hasSizeGreaterThan(1_000);
        for (int from = 0; from < served.size(); from += 50) {
            for (int to = from; to < served.size(); to += 50) {
                double seconds = (served.get(to) - served.get(from)) / 1e9;
                assertThat(to - from).isLessThanOrEqualTo((int) (20 + 100 * seconds + 1));
            }
        }
    }

    @Test
    void limitsAreChecked() {
        assertThatThrownBy(() -> RateLimit.perSecond(0)).hasMessageStartingWith("permits is 0");
        assertThatThrownBy(() -> RateLimit.tokenBucket(1, SECOND, 0)).hasMessageStartingWith("burst is 0");
        assertThatThrownBy(() -> RateLimit.perWindow(2, Duration.ofNanos(1)))
                .hasMessage("more than one permit a nanosecond");
        assertThatThrownBy(() -> RateLimit.perWindow(1, Duration.ZERO)).hasMessage("period is 0, must be longer");
        RateLimitStore store = new LocalRateLimits(RateLimit.perSecond(1), 1, time);
        assertThat(RateLimiter.on(store, false, SECOND, context).place()).isEqualTo(Place.RATE_LIMIT);
    }

    @Test
    void aHintTooLongForNanosecondsHoldsForAnHour() {
        RateLimiter limiter = RateLimiter.rejecting(RateLimit.perSecond(10), context);
        Rejected busy = new Rejected("busy", Duration.ofSeconds(Long.MAX_VALUE));
        assertThatThrownBy(() -> limiter.call(() -> {
                    throw busy;
                }))
                .isSameAs(busy);
        assertThat(refused(limiter, "")).isEqualTo(Duration.ofHours(1));
        limiter.learn("", 0, Duration.ofSeconds(Long.MAX_VALUE));
        assertThat(events.of(StoreFailed.class)).isEmpty();
    }

    /// Permits for all, and a client of a database that throws what it likes.
    private static final class ForeignStore implements RateLimitStore {
        @Override
        public Grant take(String key, Duration maxWait) {
            return new Grant(true, maxWait);
        }

        @Override
        public void giveBack(String key) {
            throw new IllegalStateException("pool exhausted");
        }

        @Override
        public void hold(String key, Duration duration) {
            throw new IllegalStateException("pool exhausted");
        }

        @Override
        public void lower(String key, long remaining) {
            throw new IllegalStateException("pool exhausted");
        }
    }

    @Test
    void whateverAStoreThrowsIsAnEvent() {
        RateLimiter limiter = RateLimiter.on(new ForeignStore(), false, SECOND, context);
        limiter.learn("", 3, SECOND);
        Rejected busy = new Rejected("busy", SECOND);
        assertThatThrownBy(() -> limiter.call(() -> {
                    throw busy;
                }))
                .isSameAs(busy);
        RateLimiter waiting = RateLimiter.on(new ForeignStore(), false, MINUTE, events.context(TimeSource.system()));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> waiting.call(() -> "a")).isInstanceOf(Cancelled.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(events.of(StoreFailed.class))
                .hasSize(3)
                .allMatch(told -> told.error().contains("pool exhausted"));
    }
}
