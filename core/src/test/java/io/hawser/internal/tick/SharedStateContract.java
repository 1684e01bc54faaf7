package io.hawser.internal.tick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.Async;
import io.hawser.Bytes;
import io.hawser.Cancelled;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.LimitExceeded;
import io.hawser.ProtocolError;
import io.hawser.Rejected;
import io.hawser.tick.HeldLock;
import io.hawser.tick.SharedCounter;
import io.hawser.tick.SharedMap;
import io.hawser.tick.SharedState;
import io.hawser.tick.StateLimits;
import io.hawser.tick.ValueCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What every [SharedState] does, wherever it is kept.
@Timeout(120)
public interface SharedStateContract {
    /// The limits that the state under test has.
    StateLimits LIMITS = StateLimits.defaults()
            .withMaps(3, 600)
            .withBytes(32, 1000, 100_000)
            .withMaxCounters(3)
            .withLocks(3, 2);

    /// The state under test, which is empty at first.
    SharedState state();

    /// One more access to the same state, which shares nothing else with it.
    SharedState other();

    /// A value of the contract's own.
    record Price(String name, long cents, List<Integer> history) {}

    record Broken(int value) {
        @Override
        public int value() {
            throw new IllegalStateException("it has none");
        }
    }

    private SharedMap<String> texts() {
        return state().map("texts", ValueCodec.text());
    }

    @Test
    default void aMapKeepsWhatIsPutIn() {
        assertThat(texts().find("a")).isEmpty();
        assertThat(texts().put("a", "1")).isEmpty();
        assertThat(texts().put("a", "2")).contains("1");
        assertThat(texts().find("a")).contains("2");
        assertThat(other().map("texts", ValueCodec.text()).find("a")).contains("2");
        assertThat(other().map("elsewhere", ValueCodec.text()).find("a")).isEmpty();
        assertThat(texts().remove("a")).contains("2");
        assertThat(texts().remove("a")).isEmpty();
        assertThat(texts().find("a")).isEmpty();
    }

    @Test
    default void aTextWithoutAUtf8FormIsRefusedRatherThanChanged() {
        assertThatThrownBy(() -> texts().put("a", "\ud800")).isInstanceOf(IllegalArgumentException.class);
        assertThat(texts().find("a")).isEmpty();
    }

    @Test
    default void conditionalWritesLookAtWhatIsThere() {
        assertThat(texts().putIfAbsent("k", "1")).isEmpty();
        assertThat(texts().putIfAbsent("k", "2")).contains("1");
        assertThat(texts().replace("k", "2", "3")).isFalse();
        assertThat(texts().replace("k", "1", "3")).isTrue();
        assertThat(texts().replace("none", "1", "3")).isFalse();
        assertThat(texts().remove("k", "1")).isFalse();
        assertThat(texts().find("k")).contains("3");
        assertThat(texts().remove("k", "3")).isTrue();
        assertThat(texts().find("k")).isEmpty();
    }

    @Test
    default void valuesComeBackInEveryForm() {
        Price price = new Price("Brent ÄÖ€", 8310, List.of(1, -2, 3));
        for (ValueCodec<Broken> codec : List.of(ValueCodec.json(Broken.class), ValueCodec.cbor(Broken.class))) {
            assertThatThrownBy(() -> codec.encode(new Broken(1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("no form of a Broken");
        }
        for (ValueCodec<Price> codec : List.of(ValueCodec.json(Price.class), ValueCodec.cbor(Price.class))) {
            assertThat(state().map("prices", codec).put("BRN", price)).isEmpty();
            assertThat(other().map("prices", codec).find("BRN")).contains(price);
            assertThat(state().map("prices", codec).replace("BRN", price, new Price("x", 0, List.of())))
                    .isTrue();
            other().map("prices").clear();
        }
        Bytes every = Bytes.wrap(new byte[] {0, -1, 127, -128});
        state().map("raw").put("b", every);
        assertThat(other().map("raw").find("b")).contains(every);
        assertThat(state().map("raw").put("empty", Bytes.EMPTY)).isEmpty();
        assertThat(other().map("raw").find("empty")).contains(Bytes.EMPTY);
        assertThatThrownBy(() -> other().map("raw", ValueCodec.text()).find("b"))
                .isInstanceOf(ProtocolError.class);
        assertThatThrownBy(
                        () -> other().map("raw", ValueCodec.json(Price.class)).find("b"))
                .isInstanceOf(ProtocolError.class);
    }

    @Test
    default void computeStartsAgainWhereAnotherOneWasFaster() {
        SharedMap<String> theirs = other().map("texts", ValueCodec.text());
        List<Optional<String>> seen = new ArrayList<>();
        Optional<String> now = texts().compute("k", before -> {
            seen.add(before);
            if (seen.size() == 1) theirs.put("k", "theirs");
            return Optional.of(before.orElse("none") + "+");
        });
        assertThat(seen).containsExactly(Optional.empty(), Optional.of("theirs"));
        assertThat(now).contains("theirs+");
        assertThat(texts().compute("k", before -> Optional.empty())).isEmpty();
        assertThat(texts().size()).isZero();
    }

    @Test
    default void noIncrementOfManyIsLost() {
        List<CompletableFuture<Void>> workers = IntStream.range(0, 8)
                .mapToObj(i -> Async.<Void>call(() -> {
                    SharedState mine = i % 2 == 0 ? state() : other();
                    for (int n = 0; n < 50; n++) {
                        mine.counter("n").add(1);
                        mine.map("sums", ValueCodec.json(Long.class))
                                .compute("sum", sum -> Optional.of(sum.orElse(0L) + 1));
                    }
                    return null;
                }))
                .toList();
        workers.forEach(CompletableFuture::join);
        assertThat(state().counter("n").value()).isEqualTo(400);
        assertThat(state().map("sums", ValueCodec.json(Long.class)).find("sum")).contains(400L);
    }

    @Test
    default void keysComeInOrderHoweverMany() {
        List<String> keys =
                IntStream.range(0, 600).mapToObj(i -> "key-" + (1000 + i)).toList();
        keys.reversed().forEach(key -> texts().put(key, key));
        assertThat(texts().keys()).isEqualTo(keys);
        assertThat(texts().size()).isEqualTo(600);
        texts().clear();
        assertThat(texts().keys()).isEmpty();
        assertThat(texts().size()).isZero();
    }

    @Test
    default void aCounterCounts() {
        SharedCounter counter = state().counter("c");
        assertThat(counter.value()).isZero();
        assertThat(counter.add(5)).isEqualTo(5);
        assertThat(other().counter("c").add(-7)).isEqualTo(-2);
        assertThat(counter.compareAndSet(5, 9)).isFalse();
        assertThat(counter.compareAndSet(-2, 9)).isTrue();
        assertThat(counter.set(Long.MAX_VALUE)).isEqualTo(9);
        assertThat(counter.add(1)).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    default void whatGoesOverALimitIsRefusedByName() {
        assertThatThrownBy(() -> texts().put("k".repeat(33), "")).satisfies(limit("maxKeyBytes", 32, 33));
        assertThatThrownBy(() -> texts().put("k", "v".repeat(1001))).satisfies(limit("maxValueBytes", 1000, 1001));
        texts().put("k".repeat(32), "v".repeat(1000));
        state().map("b").put("k", Bytes.EMPTY);
        state().map("c").put("k", Bytes.EMPTY);
        assertThatThrownBy(() -> state().map("d").put("k", Bytes.EMPTY)).satisfies(limit("maxMaps", 3, 4));
        state().map("c").clear();
        state().map("d").put("k", Bytes.EMPTY);
        IntStream.range(1, 600).forEach(i -> state().map("d").put("k" + i, Bytes.EMPTY));
        assertThatThrownBy(() -> state().map("d").put("more", Bytes.EMPTY)).satisfies(limit("maxEntries", 600, 601));
        state().map("d").put("k1", Bytes.EMPTY);
        for (int i = 0; i < 3; i++) state().counter("c" + i).add(1);
        assertThatThrownBy(() -> state().counter("c3").add(1)).satisfies(limit("maxCounters", 3, 4));
        state().counter("c0").set(0);
        state().counter("c3").add(1);
        assertThatThrownBy(() -> texts().put("", "")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    default void allValuesTogetherHaveALimitAndRemovingMakesRoom() {
        String large = "v".repeat(990);
        for (int i = 0; i < 99; i++) texts().put("key-" + (100 + i), large);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 10; i++) texts().put("more-" + i, large);
                })
                .isInstanceOf(LimitExceeded.class)
                .hasMessageContaining("maxTotalBytes");
        texts().remove("key-100");
        texts().put("key-100", large);
        texts().clear();
        for (int i = 0; i < 99; i++) texts().put("key-" + (200 + i), large);
    }

    private static org.assertj.core.api.ThrowingConsumer<Throwable> limit(String name, long allowed, long seen) {
        return failure -> {
            assertThat(failure).isInstanceOf(LimitExceeded.class);
            LimitExceeded exceeded = (LimitExceeded) failure;
            assertThat(exceeded.limit()).isEqualTo(name);
            assertThat(exceeded.allowed()).isEqualTo(allowed);
            assertThat(exceeded.seen()).isEqualTo(seen);
        };
    }

    @Test
    default void aLockIsHeldByOneAtATime() {
        HeldLock held = state().lock("l").acquire();
        assertThat(held.isHeld()).isTrue();
        assertThat(other().lock("l").tryAcquire()).isEmpty();
        assertThat(state().lock("l").tryAcquire()).isEmpty();
        assertThat(other().lock("another").tryAcquire()).isPresent();
        held.close();
        held.close();
        assertThat(held.isHeld()).isFalse();
        try (HeldLock next = other().lock("l").tryAcquire().orElseThrow()) {
            assertThat(next.token()).isGreaterThan(held.token());
            assertThat(next.name()).isEqualTo("l");
        }
    }

    @Test
    default void thoseWhoWaitGetTheLockInTurn() throws Exception {
        HeldLock held = state().lock("l").acquire();
        CompletableFuture<HeldLock> first = Async.call(() -> other().lock("l").acquire());
        awaitWaiters(1);
        CompletableFuture<HeldLock> second = Async.call(() -> state().lock("l").acquire());
        awaitWaiters(2);
        assertThatThrownBy(() -> other().lock("l").acquire()).satisfies(limit("maxWaiters", 2, 3));
        held.close();
        HeldLock firstHeld = first.get(30, TimeUnit.SECONDS);
        assertThat(second).isNotDone();
        firstHeld.close();
        HeldLock secondHeld = second.get(30, TimeUnit.SECONDS);
        assertThat(held.token()).isLessThan(firstHeld.token());
        assertThat(firstHeld.token()).isLessThan(secondHeld.token());
        secondHeld.close();
    }

    /// Waits until so many wait for the lock `l`.
    void awaitWaiters(int count);

    @Test
    default void waitingForALockStopsAtTheDeadlineAndOnAnInterrupt() throws Exception {
        HeldLock held = state().lock("l").acquire();
        assertThatThrownBy(() -> Deadline.within(
                        Duration.ofMillis(1), () -> other().lock("l").acquire()))
                .isInstanceOf(DeadlineExceeded.class);
        CompletableFuture<Throwable> interrupted = new CompletableFuture<>();
        Thread waiter = Thread.ofVirtual().start(() -> {
            try {
                interrupted.completeExceptionally(
                        new AssertionError(other().lock("l").acquire().toString()));
            } catch (Cancelled e) {
                interrupted.complete(e);
            }
        });
        awaitWaiters(1);
        waiter.interrupt();
        assertThat(interrupted.get(30, TimeUnit.SECONDS)).isInstanceOf(Cancelled.class);
        awaitWaiters(0);
        held.close();
        other().lock("l").tryAcquire().orElseThrow().close();
    }

    @Test
    default void aMapFencedByALockIsWrittenByItsHolderOnly() {
        HeldLock held = state().lock("l").acquire();
        SharedMap<String> fenced = texts().fencedBy(held);
        fenced.put("k", "mine");
        assertThat(fenced.find("k")).contains("mine");
        held.close();
        HeldLock theirs = other().lock("l").acquire();
        assertThatThrownBy(() -> fenced.put("k", "late"))
                .isInstanceOf(Rejected.class)
                .hasMessageContaining("l");
        assertThatThrownBy(fenced::clear).isInstanceOf(Rejected.class);
        assertThatThrownBy(() -> fenced.remove("k")).isInstanceOf(Rejected.class);
        assertThat(texts().find("k")).contains("mine");
        theirs.close();
    }
}
