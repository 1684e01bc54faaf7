package io.hawser.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class SimulationTest {
    private final Simulation simulation = new Simulation(1);

    private long millis() {
        return simulation.nanoTime() / 1_000_000;
    }

    @Test
    void timePassesOnlyWhileAllWait() {
        List<String> log = new ArrayList<>();
        for (int delay : new int[] {300, 100, 200}) {
            simulation.start(() -> {
                simulation.sleep(Duration.ofMillis(delay));
                return log.add(delay + " at " + millis());
            });
        }
        simulation.run();
        assertThat(log).containsExactly("100 at 100", "200 at 200", "300 at 300");
        assertThat(simulation.now()).hasToString("2026-01-01T00:00:00.300Z");
    }

    @Test
    void anHourOfManyThreadsTakesAMoment() {
        int[] rounds = {0};
        for (int thread = 0; thread < 100; thread++) {
            simulation.start(() -> {
                for (int second = 0; second < 3600; second++) {
                    simulation.sleep(Duration.ofSeconds(1));
                    rounds[0]++;
                }
                return rounds;
            });
        }
        simulation.run();
        assertThat(rounds[0]).isEqualTo(360_000);
        assertThat(simulation.nanoTime()).isEqualTo(Duration.ofHours(1).toNanos());
    }

    @Test
    void threadsOfThreadsAndOrdinaryWaitsAreInItToo() {
        CompletableFuture<Long> answer = new CompletableFuture<>();
        List<Long> seen = new ArrayList<>();
        simulation.start(() -> {
            Thread.startVirtualThread(() -> {
                simulation.parkNanos(this, Duration.ofSeconds(5).toNanos());
                answer.complete(millis());
            });
            return seen.add(answer.get());
        });
        simulation.run();
        assertThat(seen).containsExactly(5_000L);
    }

    @Test
    void whoIsParkedIsWokenByAnUnparkOrAnInterruptBeforeItsTime() {
        List<Long> woken = new ArrayList<>();
        Thread parked = simulation.start(() -> {
            simulation.parkNanos(this, Long.MAX_VALUE);
            return woken.add(millis());
        });
        Thread asleep = simulation.start(() -> {
            assertThatThrownBy(() -> simulation.sleep(Duration.ofHours(1))).isInstanceOf(InterruptedException.class);
            return woken.add(millis());
        });
        simulation.start(() -> {
            simulation.sleep(Duration.ofMillis(7));
            LockSupport.unpark(parked);
            simulation.sleep(Duration.ofMillis(1));
            asleep.interrupt();
            return woken;
        });
        simulation.run();
        assertThat(woken).containsExactly(7L, 8L);
        assertThat(millis()).isEqualTo(8);
    }

    @Test
    void theSeedSaysWhoGoesFirst() {
        Set<List<Integer>> orders = new HashSet<>();
        for (int seed = 0; seed < 50; seed++) {
            assertThat(order(seed)).isEqualTo(order(seed));
            orders.add(order(seed));
        }
        assertThat(orders).hasSize(6);
    }

    private static List<Integer> order(long seed) {
        Simulation one = new Simulation(seed);
        List<Integer> order = new ArrayList<>();
        for (int thread = 0; thread < 3; thread++) {
            int number = thread;
            one.start(() -> order.add(number));
        }
        one.run();
        return order;
    }

    @Test
    void aWaitWithoutEndAndAFailureAreErrors() {
        simulation.start(() -> new CompletableFuture<>().get());
        assertThatThrownBy(simulation::run).hasMessage("1 threads wait for what never comes");

        Simulation failing = new Simulation(1);
        failing.start(() -> {
            throw new IOException("broken");
        });
        assertThatThrownBy(failing::run).hasRootCauseMessage("broken");
    }

    @Test
    void itRunsForATimeWithThreadsThatNeverEnd() {
        List<Long> ticks = new ArrayList<>();
        simulation.start(() -> {
            while (true) {
                simulation.sleep(Duration.ofSeconds(1));
                ticks.add(millis());
            }
        });
        simulation.run(Duration.ofMillis(2500));
        assertThat(ticks).containsExactly(1000L, 2000L);
        assertThat(millis()).isEqualTo(2500);
    }
}
