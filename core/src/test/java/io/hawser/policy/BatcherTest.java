package io.hawser.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.Cancelled;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.HawserException.Processed;
import io.hawser.LimitExceeded;
import io.hawser.Rejected;
import io.hawser.policy.PolicyEvent.BatchSent;
import io.hawser.testing.Simulation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatcherTest {
    private final Simulation time = new Simulation(9);
    private final Events events = new Events();
    private final List<List<Integer>> batches = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private final BatcherConfig config = BatcherConfig.defaults();

    private List<BatchResult<String>> send(List<Integer> items) throws Exception {
        batches.add(items);
        time.sleep(Duration.ofMillis(10));
        return items.stream()
                .map(item -> item < 0
                        ? BatchResult.<String>error(new IOException("no " + item))
                        : BatchResult.answer("answer " + item))
                .toList();
    }

    private Batcher<Integer, String> batcher(BatcherConfig with) {
        return Batcher.of(this::send, item -> Math.abs(item), with, events.context(time));
    }

    private long millis() {
        return time.nanoTime() / 1_000_000;
    }

    private void each(int count, int from, IntFunction<Callable<Object>> call) {
        for (int i = from; i < from + count; i++) time.start(call.apply(i));
    }

    @Test
    void callsOfTwoMillisecondsGoOutTogetherAndEachGetsItsOwn() {
        Batcher<Integer, String> batcher = batcher(config);
        each(3, 1, item -> () -> {
            time.sleep(Duration.ofNanos(600_000L * item));
            assertThat(batcher.call(item)).isEqualTo("answer " + item);
            return log.add(item + " at " + millis());
        });
        time.run();
        assertThat(batches).containsExactly(List.of(1, 2, 3));
        assertThat(log).containsExactlyInAnyOrder("1 at 12", "2 at 12", "3 at 12");
        assertThat(events.of(BatchSent.class)).containsExactly(new BatchSent("test", 3, 6));
    }

    @Test
    void aFullBatchDoesNotLinger() {
        Batcher<Integer, String> batcher = batcher(config);
        each(130, 1, item -> () -> {
            batcher.call(item);
            return log.add("" + millis());
        });
        time.run();
        assertThat(batches).extracting(List::size).containsExactly(64, 64, 2);
        assertThat(log).containsOnly("10", "12");
    }

    @Test
    void bytesFillABatchToo() {
        Batcher<Integer, String> batcher = batcher(config.withMaxBytes(100));
        each(10, 30, item -> () -> batcher.call(item));
        time.run();
        assertThat(batches)
                .hasSize(5)
                .allSatisfy(batch ->
                        assertThat(batch.stream().mapToInt(i -> i).sum()).isLessThanOrEqualTo(100));
        assertThatExceptionOfType(LimitExceeded.class)
                .isThrownBy(() -> batcher.call(101))
                .satisfies(error -> assertThat(error.processed()).isEqualTo(Processed.NO));
    }

    @Test
    void anItemMayFailAlone() {
        Batcher<Integer, String> batcher = batcher(config);
        time.start(() -> log.add(batcher.call(1)));
        time.start(() -> {
            assertThatThrownBy(() -> batcher.call(-2)).hasMessage("no -2");
            return log;
        });
        time.run();
        assertThat(log).containsExactly("answer 1");
        assertThat(batches).hasSize(1);
    }

    @Test
    void whatTheBatchThrowsEveryItemGets() {
        List<Exception> errors = List.of(new IOException("down"), new IllegalStateException("0 results for 1 items"));
        List<BatchCall<Integer, String>> calls = List.of(
                items -> {
                    throw errors.getFirst();
                },
                items -> List.of(),
                items -> {
                    throw new StackOverflowError();
                });
        for (BatchCall<Integer, String> call : calls) {
            Batcher<Integer, String> batcher = Batcher.of(call, item -> 1, config, events.context(time));
            time.start(() -> {
                try {
                    return batcher.call(1);
                } catch (Exception error) {
                    return log.add(String.valueOf(error.getMessage()));
                }
            });
        }
        time.run();
        assertThat(log).containsExactlyInAnyOrder("down", "0 results for 1 items", "the batch failed");
    }

    @Test
    void aNearDeadlineSendsTheBatchEarlyAndCutsOffNobodyElse() {
        Batcher<Integer, String> batcher = batcher(config.withLinger(Duration.ofSeconds(1)));
        time.start(() -> log.add(batcher.call(1) + " at " + millis()));
        time.start(() -> {
            time.sleep(Duration.ofMillis(100));
            Deadline near = Deadline.after(Duration.ofMillis(16), time);
            assertThatExceptionOfType(DeadlineExceeded.class)
                    .isThrownBy(() -> near.call(() -> batcher.call(2)))
                    .satisfies(error -> assertThat(error.processed()).isEqualTo(Processed.MAYBE));
            return log.add("left at " + millis());
        });
        time.run();
        assertThat(batches).containsExactly(List.of(1, 2));
        assertThat(log).containsExactly("left at 116", "answer 1 at 118");
    }

    @Test
    void theBatchHasTheLatestOfTheDeadlines() {
        List<Duration> left = new ArrayList<>();
        Batcher<Integer, Integer> batcher = Batcher.of(
                items -> {
                    left.add(Deadline.current().remaining());
                    return BatchResult.answers(items);
                },
                item -> 1,
                config,
                events.context(time));
        each(2, 1, item -> () -> Deadline.after(Duration.ofSeconds(item), time).call(() -> batcher.call(item)));
        time.run();
        assertThat(left).containsExactly(Duration.ofMillis(1998));
    }

    @Test
    void anInterruptedCallerLeavesBeforeItIsSent() {
        Batcher<Integer, String> batcher = batcher(config);
        Thread leaves = time.start(() -> {
            assertThatExceptionOfType(Cancelled.class)
                    .isThrownBy(() -> batcher.call(1))
                    .satisfies(error -> assertThat(error.processed()).isEqualTo(Processed.NO));
            return log.add("flag " + Thread.currentThread().isInterrupted());
        });
        time.start(() -> {
            time.sleep(Duration.ofMillis(1));
            leaves.interrupt();
            return batcher.call(2);
        });
        time.run();
        assertThat(log).containsExactly("flag true");
        assertThat(batches).containsExactly(List.of(2));
    }

    @Test
    void aBatchThatAllHaveLeftIsInterruptedOrNotSentAtAll() {
        List<String> ends = new ArrayList<>();
        Batcher<Integer, Integer> batcher = Batcher.of(
                items -> {
                    try {
                        time.sleep(Duration.ofHours(1));
                        return BatchResult.answers(items);
                    } catch (InterruptedException interrupted) {
                        ends.add("interrupted at " + millis());
                        throw interrupted;
                    }
                },
                item -> 1,
                config,
                events.context(time));
        for (int interruptAt : new int[] {1, 500}) {
            Thread caller = time.start(() -> {
                time.sleep(Duration.ofMillis(interruptAt - 1));
                assertThatExceptionOfType(Cancelled.class).isThrownBy(() -> batcher.call(1));
                return ends;
            });
            time.start(() -> {
                time.sleep(Duration.ofMillis(interruptAt == 1 ? 1 : 700));
                caller.interrupt();
                return ends;
            });
        }
        time.run();
        assertThat(ends).containsExactly("interrupted at 700");
        assertThat(events.of(BatchSent.class)).hasSize(1);
    }

    @Test
    void tooManyWaitingItemsAreRefusedAndTooManyBatchesWait() {
        Batcher<Integer, String> batcher =
                batcher(config.withMaxItems(1).withMaxConcurrent(2).withMaxWaiting(3));
        each(6, 1, item -> () -> {
            time.sleep(Duration.ofNanos(item));
            try {
                return log.add(batcher.call(item) + " at " + millis());
            } catch (Rejected refused) {
                return log.add(item + " refused");
            }
        });
        time.run();
        assertThat(log)
                .containsExactlyInAnyOrder(
                        "6 refused",
                        "answer 1 at 10",
                        "answer 2 at 10",
                        "answer 3 at 20",
                        "answer 4 at 20",
                        "answer 5 at 30");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whoeverIsInterruptedEveryOtherItemHasItsOwnAnswer(long seed) {
        Simulation simulation = new Simulation(seed);
        Random random = new Random(seed);
        int[] answered = new int[1];
        int[] cancelled = new int[1];
        Batcher<Integer, Integer> batcher = Batcher.of(
                items -> {
                    simulation.sleep(Duration.ofMillis(random.nextInt(5)));
                    if (random.nextInt(10) == 0) throw new IOException("down");
                    return BatchResult.answers(
                            items.stream().map(item -> item * 2).toList());
                },
                item -> 1,
                config.withMaxItems(7).withMaxConcurrent(3),
                events.context(simulation));
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            int item = i;
            int begin = random.nextInt(500);
            threads.add(simulation.start(() -> {
                try {
                    simulation.sleep(Duration.ofMillis(begin));
                    assertThat(batcher.call(item)).isEqualTo(item * 2);
                    return answered[0]++;
                } catch (InterruptedException | Cancelled | IOException out) {
                    return cancelled[0]++;
                }
            }));
        }
        simulation.start(() -> {
            for (int i = 0; i < 1_000; i++) {
                simulation.sleep(Duration.ofNanos(500_000));
                threads.get(random.nextInt(threads.size())).interrupt();
            }
            return threads;
        });
        simulation.run();
        assertThat(answered[0] + cancelled[0]).isEqualTo(3_000);
        assertThat(answered[0]).isGreaterThan(1_000);
        // Nothing is left behind that counts as waiting.
        simulation.start(() -> batcher.call(1));
        simulation.run();
    }

    @Test
    void aConfigurationIsChecked() {
        assertThatThrownBy(() -> config.withMaxItems(0)).hasMessage("maxItems is 0, below 1");
        assertThatThrownBy(() -> config.withMaxBytes(0)).hasMessage("maxBytes is 0, below 1");
        assertThat(Batcher.<Integer, Integer>of(BatchResult::answers, item -> 1))
                .isNotNull();
    }

    @Test
    @SuppressWarnings("NullAway") // callers may not be checked
    void aBatchWithoutAResultForAnItemFailsForAll() {
        Batcher<Integer, String> batcher = Batcher.of(
                items -> Arrays.asList(BatchResult.answer("a"), null), item -> 1, config, events.context(time));
        each(2, 1, item -> () -> {
            assertThatThrownBy(() -> batcher.call(item)).isInstanceOf(NullPointerException.class);
            return log.add("failed");
        });
        time.run();
        assertThat(log).containsExactly("failed", "failed");
    }

    @Test
    void aSizeBelowZeroIsRefused() {
        Batcher<Integer, String> batcher = Batcher.of(this::send, item -> -1, config, events.context(time));
        assertThatThrownBy(() -> batcher.call(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sizeBytes is -1, below 0");
    }
}
