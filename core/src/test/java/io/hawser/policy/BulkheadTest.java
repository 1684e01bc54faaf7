package io.hawser.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.Cancelled;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.HawserException;
import io.hawser.HawserException.Processed;
import io.hawser.Rejected;
import io.hawser.TimeSource;
import io.hawser.policy.PolicyEvent.Refused;
import io.hawser.testing.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BulkheadTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Simulation time = new Simulation(7);
    private final Events events = new Events();
    private final List<String> log = new ArrayList<>();

    private Bulkhead bulkhead(int concurrent, int waiting) {
        BulkheadConfig config = BulkheadConfig.defaults()
                .withMaxConcurrent(concurrent)
                .withMaxWaiting(waiting)
                .withMaxWait(Duration.ofSeconds(10));
        return Bulkhead.of(config, events.context(time));
    }

    private Object holdFor(Bulkhead bulkhead, Duration duration, String name) throws Exception {
        return bulkhead.call(() -> {
            time.sleep(duration);
            return log.add(name + " done at " + time.nanoTime() / 1_000_000);
        });
    }

    @Test
    void thoseBeyondWaitInTheOrderInWhichTheyCame() {
        Bulkhead bulkhead = bulkhead(2, 10);
        time.start(() -> {
            for (int i = 0; i < 6; i++) {
                String name = "call " + i;
                time.start(() -> holdFor(bulkhead, SECOND, name));
                time.sleep(Duration.ofMillis(1));
            }
            assertThat(bulkhead.concurrent()).isEqualTo(2);
            assertThat(bulkhead.waiting()).isEqualTo(4);
            return log;
        });
        time.run();
        assertThat(log)
                .containsExactly(
                        "call 0 done at 1000",
                        "call 1 done at 1001",
                        "call 2 done at 2000",
                        "call 3 done at 2001",
                        "call 4 done at 3000",
                        "call 5 done at 3001");
        assertThat(bulkhead.concurrent()).isZero();
        assertThat(bulkhead.place()).isEqualTo(Place.BULKHEAD);
    }

    @Test
    void aFullLineRefusesAtOnceAndTheRefusalIsNotRetried() {
        Bulkhead bulkhead = bulkhead(1, 0);
        Policy policy =
                Policy.of(Retry.of(RetryConfig.defaults(), RetryBudget.defaults(), events.context(time)), bulkhead);
        time.start(() -> holdFor(bulkhead, SECOND, "first"));
        time.start(() -> {
            time.sleep(Duration.ofMillis(1));
            assertThatExceptionOfType(Rejected.class)
                    .isThrownBy(() -> policy.call(CallTraits.named("find"), () -> log.add("not called")))
                    .withMessage("test: bulkhead is full, and so is its line");
            return log.add("refused at " + time.nanoTime() / 1_000_000);
        });
        time.run();
        assertThat(log).containsExactly("refused at 1", "first done at 1000");
        assertThat(events.of(Refused.class)).extracting(Refused::by).containsExactly("bulkhead");
    }

    @Test
    void aWaitEndsAtTheDeadlineOrAtItsOwnEndAndNothingWasSent() {
        Bulkhead bulkhead = bulkhead(1, 10);
        time.start(() -> holdFor(bulkhead, Duration.ofSeconds(60), "first"));
        time.start(() -> {
            time.sleep(Duration.ofMillis(1));
            assertThatExceptionOfType(DeadlineExceeded.class)
                    .isThrownBy(() -> Deadline.after(SECOND, time).call(() -> holdFor(bulkhead, SECOND, "x")))
                    .satisfies(error -> assertThat(error.processed()).isEqualTo(Processed.NO));
            log.add("late at " + time.nanoTime() / 1_000_000);
            assertThatThrownBy(() -> Deadline.after(Duration.ZERO, time).call(() -> holdFor(bulkhead, SECOND, "x")))
                    .isInstanceOf(DeadlineExceeded.class);
            assertThatThrownBy(() -> holdFor(bulkhead, SECOND, "x")).hasMessage("test: bulkhead had no place in time");
            return log.add("refused at " + time.nanoTime() / 1_000_000);
        });
        time.run();
        assertThat(log).containsExactly("late at 1001", "refused at 11001", "first done at 60000");
        assertThat(bulkhead.waiting()).isZero();
    }

    @Test
    void anInterruptedWaiterLeavesTheLineWithItsFlagSet() {
        Bulkhead bulkhead = bulkhead(1, 10);
        time.start(() -> holdFor(bulkhead, SECOND, "first"));
        Thread waiter = time.start(() -> {
            time.sleep(Duration.ofMillis(1));
            assertThatExceptionOfType(Cancelled.class).isThrownBy(() -> holdFor(bulkhead, SECOND, "x"));
            return log.add("cancelled, flag " + Thread.currentThread().isInterrupted());
        });
        time.start(() -> {
            time.sleep(Duration.ofMillis(500));
            waiter.interrupt();
            return log;
        });
        time.run();
        assertThat(log).containsExactly("cancelled, flag true", "first done at 1000");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void tenThousandWaitersInterruptedAtRandomLeaveAllPlacesBack(long seed) {
        Simulation many = new Simulation(seed);
        Random random = new Random(seed);
        Bulkhead bulkhead = Bulkhead.of(new BulkheadConfig(8, 20_000, Duration.ofHours(1)), events.context(many));
        AtomicInteger most = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        AtomicInteger cancelled = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            long holds = random.nextLong(2_000_000);
            threads.add(many.start(() -> {
                try {
                    return bulkhead.call(() -> {
                        most.accumulateAndGet(bulkhead.concurrent(), Math::max);
                        many.sleep(Duration.ofNanos(holds));
                        return done.incrementAndGet();
                    });
                } catch (Cancelled | InterruptedException interrupted) {
                    return cancelled.incrementAndGet();
                }
            }));
        }
        many.start(() -> {
            for (int i = 0; i < 6_000; i++) {
                many.sleep(Duration.ofNanos(random.nextLong(300_000)));
                threads.get(random.nextInt(threads.size())).interrupt();
            }
            return threads;
        });
        many.run();
        assertThat(done.get() + cancelled.get()).isEqualTo(10_000);
        assertThat(cancelled.get()).isGreaterThan(1_000);
        assertThat(most.get()).isEqualTo(8);
        assertThat(bulkhead.concurrent()).isZero();
        assertThat(bulkhead.waiting()).isZero();
    }

    @Test
    void onRealThreadsTooAllPlacesComeBack() throws Exception {
        Bulkhead bulkhead = Bulkhead.of(new BulkheadConfig(3, 20_000, Duration.ofMinutes(5)), PolicyContext.system());
        CountDownLatch ended = new CountDownLatch(2_000);
        AtomicInteger most = new AtomicInteger();
        AtomicInteger inside = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            threads.add(Thread.startVirtualThread(() -> {
                try {
                    bulkhead.run(CallTraits.unnamed(), () -> {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        LockSupport.parkNanos(1);
                        return inside.decrementAndGet();
                    });
                } catch (HawserException interrupted) {
                    // As meant.
                } finally {
                    ended.countDown();
                }
            }));
        }
        for (int i = 0; i < 2_000; i += 3) threads.get(i).interrupt();
        assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(most.get()).isBetween(1, 3);
        assertThat(bulkhead.concurrent()).isZero();
        assertThat(bulkhead.waiting()).isZero();
    }

    @Test
    void placesCanBecomeMoreAndFewer() {
        Places places = new Places(1, 10, time);
        time.start(() -> {
            assertThat(places.take(0)).isEqualTo(Places.Answer.GRANTED);
            assertThat(places.take(0)).isEqualTo(Places.Answer.TIMED_OUT);
            time.start(() -> log.add("waiter " + places.take(Long.MAX_VALUE)));
            time.sleep(SECOND);
            places.resize(2);
            time.sleep(SECOND);
            assertThat(log).containsExactly("waiter GRANTED");
            places.resize(1);
            places.leave();
            assertThat(places.take(0)).isEqualTo(Places.Answer.TIMED_OUT);
            places.leave();
            assertThat(places.max()).isEqualTo(1);
            assertThat(places.taken()).isZero();
            return places;
        });
        time.run();
    }

    @Test
    void aConfigurationIsChecked() {
        assertThatThrownBy(() -> Bulkhead.of(0)).hasMessage("maxConcurrent is 0, below 1");
        assertThat(Bulkhead.of(3).waiting()).isZero();
        assertThat(TimeSource.system().nanoTime()).isNotZero();
    }
}
