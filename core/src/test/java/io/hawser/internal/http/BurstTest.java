package io.hawser.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class BurstTest {
    private static final Duration LONG = Duration.ofMinutes(10);

    /// What was sent, a list for each turn.
    private static final class Turns implements Burst.Lane {
        private final List<List<String>> all = new ArrayList<>();
        private List<String> now = new ArrayList<>();

        @Override
        public synchronized void run(Runnable action) {
            now = new ArrayList<>();
            all.add(now);
            action.run();
        }

        synchronized void send(String what) {
            now.add(what);
        }

        void joinWith(Burst.Place place, String what) {
            place.join(this, () -> send(what));
        }
    }

    @Test
    void theLastOneWhoIsReadySendsAllAndEachConnectionGetsItsShareInOneTurn() throws Exception {
        Turns one = new Turns();
        Turns other = new Turns();
        Burst burst = new Burst(6, LONG);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> calls = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                Turns lane = i < 4 ? one : other;
                String name = "call " + i;
                calls.add(threads.submit(() -> lane.joinWith(burst.place(), name)));
            }
            for (Future<?> call : calls) call.get();
        }
        assertThat(one.all).hasSize(1);
        assertThat(one.all.getFirst()).containsExactlyInAnyOrder("call 0", "call 1", "call 2", "call 3");
        assertThat(other.all).hasSize(1);
        assertThat(other.all.getFirst()).containsExactlyInAnyOrder("call 4", "call 5");
    }

    @Test
    void whoGoesAnotherWayIsNotWaitedForWhicheverComesFirst() {
        Turns lane = new Turns();
        Burst burst = new Burst(3, LONG);
        Burst.Place elsewhere = burst.place();
        elsewhere.leave();
        elsewhere.leave();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> first = threads.submit(() -> lane.joinWith(burst.place(), "first"));
            assertThat(first).as("one is still to come").isNotDone();
            burst.place().leave();
            assertThat(first).succeedsWithin(Duration.ofSeconds(30));
        }
        assertThat(lane.all).containsExactly(List.of("first"));
    }

    @Test
    void whoHasWaitedForLongEnoughSendsWhatIsThereAndTheOthersGoAtOnce() {
        Turns lane = new Turns();
        Burst burst = new Burst(3, Duration.ofMillis(1));
        lane.joinWith(burst.place(), "first");
        lane.joinWith(burst.place(), "late");
        assertThat(lane.all).containsExactly(List.of("first"), List.of("late"));
    }

    @Test
    void aCallThatIsMadeAgainGoesAtOnce() {
        Turns lane = new Turns();
        Burst.Place place = new Burst(1, LONG).place();
        lane.joinWith(place, "once");
        lane.joinWith(place, "again");
        assertThat(lane.all).containsExactly(List.of("once"), List.of("again"));
    }

    @Test
    void whoIsInterruptedWaitsNoMoreAndItsShareGoesWithTheOthers() {
        Turns lane = new Turns();
        Burst burst = new Burst(2, LONG);
        Thread.currentThread().interrupt();
        lane.joinWith(burst.place(), "interrupted");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(lane.all).isEmpty();
        lane.joinWith(burst.place(), "last");
        assertThat(lane.all).containsExactly(List.of("interrupted", "last"));
    }

    @Test
    void whatFailsForOneKeepsNoOtherFromLeaving() {
        Turns lane = new Turns();
        Burst burst = new Burst(2, LONG);
        Thread.currentThread().interrupt();
        burst.place().join(lane, () -> {
            throw new IllegalStateException("no head");
        });
        assertThat(Thread.interrupted()).isTrue();
        assertThatThrownBy(() -> lane.joinWith(burst.place(), "good")).hasMessage("no head");
        assertThat(lane.all).containsExactly(List.of("good"));
    }
}
