package io.hawser.messaging.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.hawser.Bytes;
import io.hawser.ConnectFailed;
import io.hawser.Endpoint;
import io.hawser.HawserException;
import io.hawser.Rejected;
import io.hawser.SessionClosed;
import io.hawser.io.ConnectionLimits;
import io.hawser.io.ExecutionMode;
import io.hawser.messaging.Frame;
import io.hawser.messaging.FrameType;
import io.hawser.messaging.MessagingClient;
import io.hawser.messaging.MessagingClientConfig;
import io.hawser.messaging.MessagingConfig;
import io.hawser.messaging.MessagingServer;
import io.hawser.session.CloseReason;
import io.hawser.session.Message;
import io.hawser.session.Receipt;
import io.hawser.session.Receipt.State;
import io.hawser.session.Session;
import io.hawser.session.SessionConfig;
import io.hawser.session.SessionHandler;
import io.hawser.tcp.ConnectConfig;
import io.hawser.tcp.ConnectionState;
import io.hawser.tcp.ListenConfig;
import io.hawser.tcp.TcpServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // closing in the middle is what is tested
class ReconnectTest {
    private final List<String> received = new CopyOnWriteArrayList<>();

    private MessagingServer collecting(ListenConfig listen) {
        return MessagingServer.start(
                listen, MessagingConfig.defaults(), (session, message) -> received.add(message.text()));
    }

    private static ListenConfig on(Endpoint endpoint) {
        return ListenConfig.on(endpoint);
    }

    private static MessagingClientConfig to(Endpoint... servers) {
        return Servers.quick(MessagingClientConfig.to("c", servers));
    }

    private static Receipt send(MessagingClient client, String text) {
        return client.send(Message.text(text));
    }

    private static void awaitState(MessagingClient client, ConnectionState state) {
        await().until(() -> client.state() == state);
    }

    private static void awaitAway(MessagingClient client) {
        await().until(() -> client.session().isEmpty() && client.state() != ConnectionState.CONNECTED);
    }

    @Test
    void aClientThatHasNotBeenConnectedBeforeHasNoReasonAndWithoutANameIsCalledByItsSession() {
        try (MessagingServer server = collecting(Servers.anyPort());
                MessagingClient client = MessagingClient.open(MessagingClientConfig.to("", server.endpoint()))) {
            assertThat(client.lastCloseReason()).isEmpty();
            Session session = client.session().orElseThrow();
            assertThat(session.clientId()).isEqualTo(session.id());
        }
    }

    @Test
    void messagesAreIteratedUntilTheClientCloses() {
        try (MessagingServer server = MessagingServer.start(
                Servers.anyPort(), MessagingConfig.defaults(), (session, message) -> session.send(message))) {
            MessagingClient client = MessagingClient.open(to(server.endpoint()));
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < 3; i++) send(client, "" + i);
            for (Message message : client) {
                texts.add(message.text());
                if (texts.size() == 3) client.close();
            }
            assertThat(texts).containsExactly("0", "1", "2");
        }
    }

    @Test
    void whatIsSentWhileTheServerIsAwayIsSentInOrderWhenItIsBack() {
        MessagingServer first = collecting(Servers.anyPort());
        try (MessagingClient client = MessagingClient.open(to(first.endpoint()))) {
            assertThat(send(client, "0").await()).isEqualTo(State.SENT);
            await().until(() -> received.size() == 1);
            first.close();
            awaitAway(client);
            List<Receipt> waiting = new ArrayList<>();
            for (int i = 1; i <= 20; i++) waiting.add(send(client, "" + i));
            assertThat(waiting).extracting(Receipt::state).containsOnly(State.QUEUED);
            assertThat(client.queuedMessages()).isEqualTo(20);
            try (MessagingServer second = collecting(on(first.endpoint()))) {
                waiting.add(send(client, "21"));
                assertThat(waiting).extracting(Receipt::await).containsOnly(State.SENT);
                await().until(() -> received.size() == 22);
                for (int i = 0; i < 22; i++) assertThat(received.get(i)).isEqualTo("" + i);
                assertThat(client.queuedMessages()).isZero();
                assertThat(second.sessions().count()).isEqualTo(1);
            }
        } finally {
            first.close();
        }
    }

    @Test
    void ofSeveralServersTheNextOneTakesOver() {
        MessagingServer one = collecting(Servers.anyPort());
        MessagingServer two = collecting(Servers.anyPort());
        try (one;
                two;
                MessagingClient client = MessagingClient.open(to(one.endpoint(), two.endpoint()))) {
            boolean atOne = one.sessions().count() == 1;
            MessagingServer used = atOne ? one : two;
            MessagingServer other = atOne ? two : one;
            assertThat(other.sessions().count()).isZero();
            used.close();
            await().until(() -> other.sessions().count() == 1);
            assertThat(send(client, "over here").await()).isEqualTo(State.SENT);
            await().until(() -> received.contains("over here"));
        }
    }

    @Test
    void atTheStartServersThatAreAwayArePassedOver() {
        MessagingServer gone = collecting(Servers.anyPort());
        gone.close();
        try (MessagingServer server = collecting(Servers.anyPort())) {
            for (int i = 0; i < 4; i++) {
                try (MessagingClient client = MessagingClient.open(to(gone.endpoint(), server.endpoint()))) {
                    assertThat(client.state()).isEqualTo(ConnectionState.CONNECTED);
                }
            }
        }
        assertThatExceptionOfType(ConnectFailed.class).isThrownBy(() -> MessagingClient.open(to(gone.endpoint())));
    }

    @Test
    void aFullQueueRejectsAndTheClosingClientSaysWhatIsLost() {
        MessagingServer server = collecting(Servers.anyPort());
        try (MessagingClient client = MessagingClient.open(to(server.endpoint()).withQueue(2, 100))) {
            server.close();
            awaitAway(client);
            Receipt first = send(client, "1");
            Receipt second = send(client, "2");
            assertThatExceptionOfType(Rejected.class)
                    .isThrownBy(() -> send(client, "3"))
                    .satisfies(e -> assertThat(e.processed()).isEqualTo(HawserException.Processed.NO));
            client.close();
            assertThat(List.of(first.await(), second.await())).containsOnly(State.LOST);
            assertThatExceptionOfType(SessionClosed.class).isThrownBy(() -> send(client, "4"));
            assertThat(client.state()).isEqualTo(ConnectionState.CLOSED);
        }
    }

    @Test
    void afterSoManyFailedAttemptsItGivesUp() {
        MessagingServer server = collecting(Servers.anyPort());
        try (MessagingClient client =
                MessagingClient.open(to(server.endpoint()).withReconnect(Servers.QUICK.withMaxAttempts(3)))) {
            server.close();
            awaitState(client, ConnectionState.CLOSED);
            assertThat(client.lastCloseReason().orElseThrow().message()).contains("gave up after 3 attempts");
            assertThatExceptionOfType(SessionClosed.class).isThrownBy(() -> send(client, "1"));
            assertThatExceptionOfType(SessionClosed.class).isThrownBy(client::receive);
        }
    }

    @Test
    void aServerThatSaysDoNotComeBackIsObeyed() {
        AtomicInteger connections = new AtomicInteger();
        SessionHandler refusing = new SessionHandler() {
            @Override
            public void opened(Session session) {
                connections.incrementAndGet();
            }

            @Override
            public void message(Session session, Message message) {
                session.send(Message.text("last words"));
                session.close(CloseReason.of(4011, "not you"));
            }
        };
        try (MessagingServer server = MessagingServer.start(Servers.anyPort(), MessagingConfig.defaults(), refusing);
                MessagingClient client = MessagingClient.open(to(server.endpoint()))) {
            send(client, "hi");
            assertThat(client.receive().text()).isEqualTo("last words");
            assertThatExceptionOfType(SessionClosed.class)
                    .isThrownBy(client::receive)
                    .satisfies(e -> assertThat(e.code()).isEqualTo(4011));
            awaitState(client, ConnectionState.CLOSED);
            assertThat(client.lastCloseReason().orElseThrow().code()).isEqualTo(4011);
            assertThat(connections).hasValue(1);
        }
    }

    @Test
    void onceClosedItHasNoSessionAndItsOwnReason() {
        try (MessagingServer server = collecting(Servers.anyPort())) {
            MessagingClient client = MessagingClient.open(to(server.endpoint()));
            await().until(() -> server.sessions().count() == 1);
            server.sessions().stream().forEach(Session::abort);
            await().until(() -> client.lastCloseReason().isPresent() && client.state() == ConnectionState.CONNECTED);
            assertThat(client.lastCloseReason().orElseThrow().code()).isEqualTo(CloseReason.LOST.code());
            client.close();
            assertThat(client.session()).isEmpty();
            assertThat(client.lastCloseReason()).contains(CloseReason.NORMAL);
        }
    }

    @Test
    void refusedInALaterGreetingItStopsToo() {
        MessagingServer welcoming = collecting(Servers.anyPort());
        try (MessagingClient client = MessagingClient.open(to(welcoming.endpoint()))) {
            welcoming.close();
            awaitAway(client);
            byte[] refusal =
                    Bytes.ofHex("a264636f6465190faa636d7367" + "63796f75").toArray();
            try (TcpServer refusing = TcpServer.start(
                    on(welcoming.endpoint()),
                    Frame.framing(1000),
                    (connection, hello) -> connection.send(new Frame(FrameType.ERROR, Bytes.wrap(refusal))))) {
                awaitState(client, ConnectionState.CLOSED);
                assertThat(client.lastCloseReason().orElseThrow().code()).isEqualTo(4010);
                assertThat(refusing.isRunning()).isTrue();
            }
        }
    }

    @Test
    void aServerThatNeverAnswersTheHelloIsAFailedConnection() {
        try (TcpServer mute = TcpServer.start(Servers.anyPort(), Frame.framing(1000), (connection, frame) -> {})) {
            assertThatExceptionOfType(ConnectFailed.class)
                    .isThrownBy(() -> MessagingClient.open(to(mute.endpoint())
                            .withConnect(ConnectConfig.defaults().withTimeout(Duration.ofMillis(300)))))
                    .withMessageContaining("did not answer the greeting");
        }
    }

    @Test
    void aServerThatAnswersNoPingIsLeftForAnother() {
        byte[] welcome = Bytes.ofHex("a26269640167" + "77656c636f6d65a0").toArray();
        AtomicInteger hellos = new AtomicInteger();
        try (TcpServer dead = TcpServer.start(Servers.anyPort(), Frame.framing(1000), (connection, frame) -> {
            if (frame.type() != FrameType.CONTROL) return;
            hellos.incrementAndGet();
            connection.send(new Frame(FrameType.CONTROL, Bytes.wrap(welcome)));
        })) {
            ConnectionLimits limits = ConnectionLimits.defaults().withIdleTimeout(Duration.ofSeconds(1));
            SessionConfig session = SessionConfig.defaults().withLimits(limits).withPingAfter(Duration.ofMillis(300));
            try (MessagingClient client = MessagingClient.open(
                    to(dead.endpoint()).withMessaging(MessagingConfig.defaults().withSession(session)))) {
                // It goes on sending, which proves nothing.
                await().until(() -> {
                    send(client, "are you there");
                    return hellos.get() >= 3;
                });
                assertThat(client.lastCloseReason()).contains(CloseReason.IDLE);
            }
        }
    }

    @Test
    void messagesOfOneConnectionComeBeforeThoseOfTheNext() {
        AtomicInteger connections = new AtomicInteger();
        SessionHandler brief = new SessionHandler() {
            @Override
            public void opened(Session session) {
                int number = connections.incrementAndGet();
                for (int i = 0; i < 200; i++) session.send(Message.text(number + ":" + i));
                session.close(CloseReason.DRAIN.withRetryAfter(Duration.ZERO));
            }

            @Override
            public void message(Session session, Message message) {}
        };
        try (MessagingServer server = MessagingServer.start(Servers.anyPort(), MessagingConfig.defaults(), brief);
                MessagingClient client = MessagingClient.open(to(server.endpoint()))) {
            for (int connection = 1; connection <= 5; connection++) {
                for (int i = 0; i < 200; i++) {
                    assertThat(client.receive().text()).isEqualTo(connection + ":" + i);
                }
            }
        }
    }

    @Test
    void whileConnectionsAreCutAllTheTimeNothingIsReorderedOrRepeatedOrForgotten() throws InterruptedException {
        int senders = 3;
        int each = 2000;
        Map<String, List<Integer>> arrived = new ConcurrentHashMap<>();
        SessionHandler cutting = new SessionHandler() {
            private int count;

            @Override
            public synchronized void message(Session session, Message message) {
                String[] parts = message.text().split(":", 2);
                arrived.computeIfAbsent(parts[0], sender -> new CopyOnWriteArrayList<>())
                        .add(Integer.parseInt(parts[1]));
                if (++count % 500 == 0) session.abort();
            }
        };
        try (MessagingServer server = MessagingServer.start(Servers.anyPort(), MessagingConfig.defaults(), cutting);
                MessagingClient client =
                        MessagingClient.open(to(server.endpoint()).withQueue(100_000, 100 << 20))) {
            List<Receipt> receipts = new CopyOnWriteArrayList<>();
            List<Thread> threads = new ArrayList<>();
            for (int sender = 0; sender < senders; sender++) {
                int number = sender;
                threads.add(Thread.startVirtualThread(() -> {
                    List<Receipt> own = new ArrayList<>();
                    for (int i = 0; i < each; i++) {
                        own.add(send(client, number + ":" + i));
                        if (i % 50 == 0) assertThat(own.getLast().await()).isNotEqualTo(State.QUEUED);
                    }
                    receipts.addAll(own);
                }));
            }
            for (Thread thread : threads) thread.join();
            assertThat(receipts).hasSize(senders * each);
            assertThat(receipts).extracting(Receipt::await).isSubsetOf(State.SENT, State.LOST);
            // What the operating system took may still be lost with its connection, but never out of order.
            assertThat(arrived.values()).isNotEmpty().allSatisfy(numbers -> {
                for (int i = 1; i < numbers.size(); i++) {
                    assertThat(numbers.get(i)).isGreaterThan(numbers.get(i - 1));
                }
            });
        }
    }

    @Test
    void aClosingClientSendsWhatItsConnectionWasGiven() {
        try (MessagingServer server = collecting(Servers.anyPort())) {
            List<Receipt> receipts = new ArrayList<>();
            try (MessagingClient client = MessagingClient.open(to(server.endpoint()))) {
                for (int i = 0; i < 500; i++) receipts.add(send(client, "" + i));
            }
            assertThat(receipts).extracting(Receipt::state).containsOnly(State.SENT);
            await().until(() -> received.size() == 500);
            assertThat(received.getLast()).isEqualTo("499");
            await().until(() -> server.sessions().count() == 0);
        }
    }

    @Test
    void aBareClientTalksToAPeerThatOnlySpeaksFrames() {
        try (TcpServer framesOnly = TcpServer.start(
                        Servers.anyPort(), Frame.framing(1000), (connection, frame) -> connection.send(frame));
                MessagingClient client =
                        MessagingClient.open(to(framesOnly.endpoint()).withBare())) {
            send(client, "hi");
            assertThat(client.receive().text()).isEqualTo("hi");
        }
        try (MessagingServer server = MessagingServer.start(
                Servers.anyPort(), MessagingConfig.defaults(), Servers.echo(ExecutionMode.EVENT_LOOP))) {
            try (MessagingClient client =
                    MessagingClient.open(to(server.endpoint()).withBare())) {
                send(client, "ho");
                assertThat(client.receive().text()).isEqualTo("ho");
            }
        }
    }
}
