package io.hawser.internal.tick.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hawser.Async;
import io.hawser.Bytes;
import io.hawser.ConnectionLost;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.internal.process.Conversing;
import io.hawser.internal.process.Dialogue;
import io.hawser.internal.process.DialogueClient;
import io.hawser.internal.process.DialogueServer;
import io.hawser.internal.tick.SharedStateContract;
import io.hawser.internal.tick.StateService;
import io.hawser.internal.tick.StateTable;
import io.hawser.internal.tick.StoredState;
import io.hawser.messaging.Container;
import io.hawser.messaging.ContainerBuilder;
import io.hawser.tick.HeldLock;
import io.hawser.tick.SharedState;
import io.hawser.tick.StateLimits;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.OS;

/// The contract, over a socket.
final class RemoteStateTest implements SharedStateContract {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MAX_MESSAGE_BYTES = 1 << 20;

    /// What has no questions to expect.
    private static final class Asking implements Conversing {
        @Override
        public CompletableFuture<ContainerBuilder> answer(Dialogue with, Container question) {
            throw new IllegalStateException("nobody asks");
        }
    }

    private final StateTable table = new StateTable(LIMITS);
    private final DialogueServer server = DialogueServer.start(new StateService(table), MAX_MESSAGE_BYTES);
    private final DialogueClient client = connect();
    private final SharedState state = StoredState.remote(client.dialogue());
    private final SharedState other = StoredState.local(table);

    private DialogueClient connect() {
        return DialogueClient.open(server.endpoint(), "test", new Asking(), MAX_MESSAGE_BYTES);
    }

    @BeforeEach
    void theFolderIsOfThisUserOnly() throws Exception {
        if (OS.WINDOWS.isCurrentOs()) return;
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(server.folder())))
                .isEqualTo("rwx------");
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
        assertThat(server.folder()).doesNotExist();
    }

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
        await().atMost(PATIENCE).until(() -> table.waiters("l") == count);
    }

    @Test
    void theLocksOfAConnectionThatEndsGoToThoseWhoWait() throws Exception {
        DialogueClient dying = connect();
        HeldLock held = StoredState.remote(dying.dialogue()).lock("l").acquire();
        CompletableFuture<HeldLock> waiting = Async.call(() -> state.lock("l").acquire());
        awaitWaiters(1);
        dying.close();
        HeldLock got = waiting.get(30, TimeUnit.SECONDS);
        assertThat(got.token()).isGreaterThan(held.token());
        await().atMost(PATIENCE).until(() -> !held.isHeld());
        got.close();
    }

    @Test
    void whoWaitsForALockAndGoesIsForgotten() {
        HeldLock held = state.lock("l").acquire();
        DialogueClient dying = connect();
        CompletableFuture<HeldLock> waiting =
                Async.call(() -> StoredState.remote(dying.dialogue()).lock("l").acquire());
        awaitWaiters(1);
        dying.close();
        awaitWaiters(0);
        assertThatThrownBy(() -> waiting.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(ConnectionLost.class);
        held.close();
    }

    @Test
    void whatIsAskedOfAParentThatIsGoneFails() {
        server.close();
        await().atMost(PATIENCE).until(() -> client.ended().isDone());
        assertThatThrownBy(() -> state.counter("n").add(1)).isInstanceOf(ConnectionLost.class);
    }

    @Test
    void theLargestValueAndThePageOfLongestKeysFitAMessage() {
        StateTable large = new StateTable(StateLimits.defaults().withBytes(1024, 512 << 10, 1 << 30));
        try (DialogueServer second = DialogueServer.start(new StateService(large), MAX_MESSAGE_BYTES);
                DialogueClient to = DialogueClient.open(second.endpoint(), "test", new Asking(), MAX_MESSAGE_BYTES)) {
            SharedState far = StoredState.remote(to.dialogue());
            byte[] value = new byte[512 << 10];
            far.map("m").put("k", Bytes.wrap(value));
            assertThat(far.map("m").put("k", Bytes.EMPTY).orElseThrow().size()).isEqualTo(512 << 10);
            for (int i = 0; i < 1001; i++) far.map("keys").put(("k" + (1000 + i)).repeat(204), Bytes.EMPTY);
            assertThat(far.map("keys").keys()).hasSize(1001).doesNotHaveDuplicates();
        }
    }

    /// Does what it is asked at once, and says so too late.
    private record Mute(StateService service, CountDownLatch tried) implements Conversing {
        @Override
        public void begun(Dialogue dialogue) {
            service.begun(dialogue);
        }

        @Override
        public void ended(Dialogue dialogue) {
            service.ended(dialogue);
        }

        @Override
        public CompletableFuture<ContainerBuilder> answer(Dialogue with, Container question) {
            var _ = service.answer(with, question);
            if (question.type().equals("try")) tried.countDown();
            return new CompletableFuture<>();
        }
    }

    @Test
    void aLockThatNobodyHeardOfIsGivenBack() throws Exception {
        Mute parent = new Mute(new StateService(table), new CountDownLatch(1));
        try (DialogueServer mute = DialogueServer.start(parent, MAX_MESSAGE_BYTES);
                DialogueClient asking = DialogueClient.open(mute.endpoint(), "test", new Asking(), MAX_MESSAGE_BYTES)) {
            SharedState far = StoredState.remote(asking.dialogue());
            assertThatThrownBy(() -> Deadline.within(
                            Duration.ofMillis(200), () -> far.lock("l").tryAcquire()))
                    .isInstanceOf(DeadlineExceeded.class);
            assertThat(parent.tried().await(30, TimeUnit.SECONDS)).isTrue();
            await().atMost(PATIENCE).until(() -> other.lock("l").tryAcquire().isPresent());
        }
    }
}
