package io.hawser.internal.tick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.tick.SharedState;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// The contract, in one process.
final class LocalStateTest implements SharedStateContract {
    private final StateTable table = new StateTable(LIMITS);
    private final SharedState state = StoredState.local(table);
    private final SharedState other = StoredState.local(table);

    @Override
    public SharedState state() {
        return state;
    }

    @Override
    public SharedState other() {
        return other;
    }

    @Override
    public void awaitWaiters(int count) {
        await().atMost(Duration.ofSeconds(30)).until(() -> table.waiters("l") == count);
    }

    @Test
    void aHolderThatIsGoneLosesItsLocksAndItsPlaceInTheQueue() {
        Object gone = new Object();
        Object waits = new Object();
        assertThat(table.tryAcquire("l", gone)).isPresent();
        assertThat(table.tryAcquire("m", waits)).isPresent();
        var first = table.acquire("l", gone);
        var second = table.acquire("l", waits);
        table.releaseAll(gone);
        assertThat(first).isNotDone();
        assertThat(second).isCompleted();
        assertThat(table.tryAcquire("m", gone)).isEmpty();
    }

    @Test
    void whoStopsWaitingAtTheMomentOfTheGrantGivesTheLockBack() {
        Object one = new Object();
        long token = table.tryAcquire("l", one).orElseThrow();
        var grant = table.acquire("l", new Object());
        table.release("l", token);
        assertThat(grant).isCompleted();
        table.withdraw("l", grant);
        assertThat(table.tryAcquire("l", one)).isPresent();
    }
}
