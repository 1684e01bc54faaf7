package io.hawser.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.Cancelled;
import io.hawser.Deadline;
import io.hawser.HawserException.Processed;
import io.hawser.policy.PolicyEvent.HedgeWon;
import io.hawser.policy.PolicyEvent.Hedged;
import io.hawser.testing.Simulation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HedgeTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration TYPICAL = Duration.ofMillis(10);

    private final Simulation time = new Simulation(5);
    private final Events events = new Events();
    private final List<String> log = new ArrayList<>();
    private final List<String> discarded = new ArrayList<>();
    private final CallTraits traits = CallTraits.named("find").repeatable().withClassifier(new Classifier() {
        @Override
        public void discard(@Nullable Object answer) {
            discarded.add(String.valueOf(answer));
        }
    });
    private final Hedge hedge = Hedge.of(HedgeConfig.defaults(), events.context(time));

    private long millis() {
        return time.nanoTime() / 1_000_000;
    }

    private String typical() throws Exception {
        time.sleep(TYPICAL);
        return "typical";
    }

    /// Teaches the hedge that calls take 10 ms, runs `test` from then on, and checks that no interrupt is
    /// left.
    private void afterTypicalCalls(Callable<Object> test) {
        time.start(() -> {
            for (int i = 0; i < 50; i++) hedge.call(traits, this::typical);
            time.sleep(Duration.ofMillis(100));
            log.clear();
            Object answer = test.call();
            boolean interrupted = Thread.currentThread().isInterrupted();
            time.sleep(Duration.ofMinutes(1));
            return log.add(answer + ", flag " + interrupted);
        });
        time.run();
    }

    private String slowFirst(Attempt attempt, Duration duration) throws Exception {
        String name = attempt.isHedge() ? "hedge" : "first";
        try {
            time.sleep(attempt.isHedge() ? TYPICAL : duration);
            return name;
        } catch (InterruptedException interrupted) {
            log.add(name + " interrupted");
            throw interrupted;
        }
    }

    @Test
    void untilEnoughIsKnownNothingIsHedged() {
        time.start(() -> hedge.call(Attempt.first(traits), attempt -> slowFirst(attempt, HOUR)));
        time.run();
        assertThat(events.all()).isEmpty();
        assertThat(hedge.place()).isEqualTo(Place.HEDGE);
    }

    @Test
    void aSlowCallIsSentAgainAndTheFirstAnswerCountsAndTheLoserIsInterrupted() {
        long[] took = new long[1];
        afterTypicalCalls(() -> {
            long start = millis();
            String answer = hedge.call(Attempt.first(traits), attempt -> slowFirst(attempt, HOUR));
            took[0] = millis() - start;
            return answer;
        });
        assertThat(log).containsExactly("first interrupted", "hedge, flag false");
        assertThat(took[0]).isBetween(20L, 21L);
        assertThat(events.all()).containsExactly(new Hedged("test", "find"), new HedgeWon("test", "find"));
    }

    @Test
    void theFirstMayStillWinAndTheHedgeIsInterrupted() {
        afterTypicalCalls(
                () -> hedge.call(Attempt.first(traits), attempt -> slowFirst(attempt, Duration.ofMillis(15))));
        assertThat(log).containsExactly("hedge interrupted", "first, flag false");
        assertThat(events.all()).containsExactly(new Hedged("test", "find"));
    }

    @Test
    void aHedgeThatDoesNotHearTheInterruptHasItsAnswerDiscarded() {
        afterTypicalCalls(() -> hedge.call(Attempt.first(traits), attempt -> {
            if (!attempt.isHedge()) return slowFirst(attempt, Duration.ofMillis(15));
            long end = millis() + 50;
            while (millis() < end) {
                Thread.interrupted();
                time.parkNanos(this, 1_000_000);
            }
            return "late";
        }));
        assertThat(log).containsExactly("first, flag false");
        assertThat(discarded).containsExactly("late");
    }

    @Test
    void aFirstThatDoesNotHearTheInterruptHasItsAnswerDiscarded() {
        afterTypicalCalls(() -> hedge.call(Attempt.first(traits), attempt -> {
            if (attempt.isHedge()) return slowFirst(attempt, HOUR);
            long end = millis() + 500;
            while (millis() < end) {
                Thread.interrupted();
                time.parkNanos(this, 1_000_000);
            }
            return "late";
        }));
        assertThat(log).containsExactly("hedge, flag false");
        assertThat(discarded).containsExactly("late");
    }

    @Test
    void ifTheFirstFailsTheHedgeIsWaitedFor() {
        afterTypicalCalls(() -> hedge.call(Attempt.first(traits), attempt -> {
            time.sleep(attempt.isHedge() ? TYPICAL : Duration.ofMillis(12));
            if (!attempt.isHedge()) throw new IOException("first");
            return "hedge";
        }));
        assertThat(log).containsExactly("hedge, flag false");
    }

    @Test
    void ifBothFailTheFirstErrorCountsWithTheOtherBesideWhoeverWasFirst() {
        for (int hedgeMillis : new int[] {1, 30}) {
            Events fresh = new Events();
            Hedge own = Hedge.of(HedgeConfig.defaults(), fresh.context(time));
            time.start(() -> {
                for (int i = 0; i < 50; i++) own.call(traits, this::typical);
                time.sleep(Duration.ofMillis(100));
                assertThatThrownBy(() -> own.call(Attempt.first(traits), attempt -> {
                            time.sleep(Duration.ofMillis(attempt.isHedge() ? hedgeMillis : 20));
                            throw new IOException(attempt.isHedge() ? "hedge" : "first");
                        }))
                        .hasMessage("first")
                        .satisfies(error -> assertThat(error.getSuppressed()[0]).hasMessage("hedge"));
                return fresh;
            });
            time.run();
            assertThat(fresh.all()).containsExactly(new Hedged("test", "find"));
        }
    }

    @Test
    void aFailureBeforeTheHedgeIsDueIsNotHedged() {
        afterTypicalCalls(() -> {
            assertThatThrownBy(() -> hedge.call(Attempt.first(traits), attempt -> {
                        throw new IOException("down");
                    }))
                    .hasMessage("down");
            assertThatThrownBy(() -> hedge.call(Attempt.first(traits), attempt -> {
                        throw new StackOverflowError();
                    }))
                    .isInstanceOf(StackOverflowError.class);
            return "done";
        });
        assertThat(events.all()).isEmpty();
    }

    @Test
    void anErrorOfTheMachineInTheHedgeIsAFailureLikeAnother() {
        afterTypicalCalls(() -> hedge.call(Attempt.first(traits), attempt -> {
            if (attempt.isHedge()) throw new StackOverflowError();
            return slowFirst(attempt, Duration.ofMillis(50));
        }));
        assertThat(log).containsExactly("first, flag false");
    }

    @Test
    void onlyWhatMayBeRepeatedIsHedgedAndAHedgeIsNot() {
        afterTypicalCalls(() -> {
            hedge.call(Attempt.first(traits.withRepeat(Repeat.UNPROCESSED)), attempt -> slowFirst(attempt, HOUR));
            return hedge.call(Attempt.first(traits).hedged(), attempt -> {
                time.sleep(HOUR);
                return "slow";
            });
        });
        assertThat(events.all()).isEmpty();
        assertThat(log).containsExactly("slow, flag false");
    }

    @Test
    void anInterruptOfTheCallerCancelsBoth() {
        Thread[] caller = new Thread[1];
        time.start(() -> {
            time.sleep(Duration.ofSeconds(1));
            caller[0].interrupt();
            return log;
        });
        time.start(() -> {
            caller[0] = Thread.currentThread();
            for (int i = 0; i < 50; i++) hedge.call(traits, this::typical);
            assertThatThrownBy(() -> hedge.call(Attempt.first(traits), attempt -> {
                        try {
                            time.sleep(HOUR);
                            return "never";
                        } catch (InterruptedException interrupted) {
                            log.add(attempt.isHedge() ? "hedge" : "first");
                            throw interrupted;
                        }
                    }))
                    .isInstanceOf(InterruptedException.class);
            return log;
        });
        time.run();
        assertThat(log).containsExactly("first", "hedge");
    }

    @Test
    void anInterruptWhileOnlyTheHedgeRunsCancelsItAndStays() {
        Thread[] caller = new Thread[1];
        time.start(() -> {
            time.sleep(Duration.ofMillis(800));
            caller[0].interrupt();
            return log;
        });
        time.start(() -> {
            caller[0] = Thread.currentThread();
            for (int i = 0; i < 50; i++) hedge.call(traits, this::typical);
            time.sleep(Duration.ofMillis(200));
            assertThatExceptionOfType(Cancelled.class)
                    .isThrownBy(() -> hedge.call(Attempt.first(traits), attempt -> {
                        time.sleep(attempt.isHedge() ? HOUR : Duration.ofMillis(12));
                        throw new IOException("first");
                    }));
            return log.add("flag " + Thread.interrupted());
        });
        time.run();
        assertThat(log).containsExactly("flag true");
        assertThat(millis()).isLessThan(1_000);
    }

    @Test
    void theDeadlineHoldsForTheHedgeToo() {
        afterTypicalCalls(() -> {
            Deadline deadline = Deadline.after(Duration.ofMillis(100), time);
            assertThatThrownBy(() -> deadline.call(() -> hedge.call(Attempt.first(traits), attempt -> {
                        if (!attempt.isHedge()) {
                            time.sleep(Duration.ofMillis(20));
                            throw new IOException("first");
                        }
                        log.add("hedge has " + Deadline.current().remaining().toMillis());
                        time.sleep(HOUR);
                        return "never";
                    })))
                    .hasMessage("first");
            return deadline.hasPassed();
        });
        assertThat(log).containsExactly("hedge has 89", "true, flag false");
    }

    @Test
    void aBudgetOfItsOwnKeepsHedgesToAShare() {
        Random random = new Random(3);
        int[] hedges = new int[1];
        for (int client = 0; client < 20; client++) {
            time.start(() -> {
                for (int i = 0; i < 1_000; i++) {
                    hedge.call(Attempt.first(traits), attempt -> {
                        if (attempt.isHedge()) hedges[0]++;
                        // Wildly different, so that at any time many are beyond the percentile of before.
                        time.sleep(Duration.ofMillis((long) Math.exp(random.nextDouble(7))));
                        return "a";
                    });
                }
                return hedges;
            });
        }
        time.run();
        assertThat(hedges[0]).isBetween(200, 1_000 + 10);
        assertThat(events.of(Hedged.class)).hasSize(hedges[0]);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whateverTheInterleavingEveryCallHasOneAnswerAndNoInterruptIsLeft(long seed) {
        Simulation simulation = new Simulation(seed);
        Random random = new Random(seed);
        Hedge own = Hedge.of(new HedgeConfig(0.5, Duration.ofMillis(1), 1, 100), new Events().context(simulation));
        int[] answers = new int[1];
        int[] failures = new int[1];
        for (int client = 0; client < 20; client++) {
            simulation.start(() -> {
                for (int i = 0; i < 300; i++) {
                    try {
                        own.call(Attempt.first(traits), attempt -> {
                            // In steps of 1 ms, so that much happens at one moment.
                            simulation.sleep(Duration.ofMillis(random.nextInt(4)));
                            if (random.nextInt(4) == 0) throw new IOException("down");
                            return "a";
                        });
                        answers[0]++;
                    } catch (IOException down) {
                        failures[0]++;
                    }
                    assertThat(Thread.currentThread().isInterrupted()).isFalse();
                }
                return answers;
            });
        }
        simulation.run();
        assertThat(answers[0] + failures[0]).isEqualTo(6_000);
        assertThat(failures[0]).isBetween(100, 1_600);
    }

    @Test
    void onRealThreadsTooNoInterruptIsLeft() throws Exception {
        Hedge real = Hedge.of(
                new HedgeConfig(0.5, Duration.ZERO, 1, 1_000),
                PolicyContext.system().withListener(events));
        Thread[] clients = new Thread[8];
        int[] left = new int[clients.length];
        for (int client = 0; client < clients.length; client++) {
            int number = client;
            clients[client] = Thread.startVirtualThread(() -> {
                // The percentile is known after a while.
                for (int i = 0; i < 400 || (i < 1_000_000 && events.all().isEmpty()); i++) {
                    real.run(traits, () -> {
                        long end = System.nanoTime() + 20_000L * (1 + (System.nanoTime() & 15));
                        while (System.nanoTime() < end
                                && !Thread.currentThread().isInterrupted()) LockSupport.parkNanos(1);
                        return "a";
                    });
                    if (Thread.interrupted()) left[number]++;
                }
            });
        }
        for (Thread client : clients)
            assertThat(client.join(Duration.ofMinutes(1))).isTrue();
        assertThat(left).containsOnly(0);
        assertThat(events.of(Hedged.class)).isNotEmpty();
    }

    @Test
    void aConfigurationIsChecked() {
        HedgeConfig config = HedgeConfig.defaults();
        assertThatThrownBy(() -> config.withPercentile(0.1)).hasMessageStartingWith("percentile is 0.1");
        assertThatThrownBy(() -> config.withShare(0)).hasMessageStartingWith("share is 0.0");
        assertThatThrownBy(() -> config.withBurst(0)).hasMessage("burst is 0, below 1");
        assertThat(config.withMinDelay(HOUR).minDelay()).isEqualTo(HOUR);
        assertThat(Hedge.defaults().place()).isEqualTo(Place.HEDGE);
    }

    /// Answers that are failures, whose resources somebody has to free.
    private final CallTraits failing = traits.withClassifier(new Classifier() {
        @Override
        public Verdict answer(@Nullable Object answer) {
            return Verdict.temporary("down", Processed.MAYBE);
        }

        @Override
        public void discard(@Nullable Object answer) {
            discarded.add(String.valueOf(answer));
        }
    });

    @Test
    void whoIsInterruptedWhileOnlyTheHedgeRunsHasTheFirstAnswerDiscarded() {
        Thread[] caller = new Thread[1];
        time.start(() -> {
            time.sleep(Duration.ofMillis(800));
            caller[0].interrupt();
            return log;
        });
        time.start(() -> {
            caller[0] = Thread.currentThread();
            for (int i = 0; i < 50; i++) hedge.call(traits, this::typical);
            time.sleep(Duration.ofMillis(200));
            assertThatExceptionOfType(Cancelled.class)
                    .isThrownBy(() -> hedge.call(Attempt.first(failing), attempt -> {
                        time.sleep(attempt.isHedge() ? HOUR : Duration.ofMillis(12));
                        return "first";
                    }));
            return log.add("flag " + Thread.interrupted());
        });
        time.run();
        assertThat(log).containsExactly("flag true");
        assertThat(discarded).containsExactly("first");
    }

    @Test
    void anErrorOfTheMachineInTheFirstDiscardsAHedgeThatHasAnsweredAndLeavesNoInterrupt() {
        for (CallTraits either : List.of(traits, failing)) {
            afterTypicalCalls(() -> {
                assertThatThrownBy(() -> hedge.call(Attempt.first(either), attempt -> {
                            if (attempt.isHedge()) return slowFirst(attempt, HOUR);
                            long end = millis() + 500;
                            while (millis() < end && !Thread.currentThread().isInterrupted())
                                time.parkNanos(this, 1_000_000);
                            throw new StackOverflowError();
                        }))
                        .isInstanceOf(StackOverflowError.class);
                return "done";
            });
        }
        assertThat(log).containsExactly("done, flag false");
        assertThat(discarded).containsExactly("hedge", "hedge");
    }

    @Test
    void aListenerIsToldWithoutTheLockOfTheRace() throws Exception {
        List<Race<String>> races = new ArrayList<>();
        List<Boolean> held = new ArrayList<>();
        Hedge own = Hedge.of(HedgeConfig.defaults(), PolicyContext.system().withListener(event -> {
            if (event instanceof HedgeWon) held.add(Thread.holdsLock(races.getFirst()));
        }));
        Call<String> next = attempt -> {
            if (attempt.isHedge()) return "hedge";
            races.getFirst().startHedge();
            Thread.sleep(HOUR);
            return "first";
        };
        Race<String> race = new Race<>(own, Attempt.first(traits), next, Deadline.none(), 0);
        races.add(race);
        assertThat(race.run(next, 0)).isEqualTo("hedge");
        assertThat(held).containsExactly(false);
    }
}
