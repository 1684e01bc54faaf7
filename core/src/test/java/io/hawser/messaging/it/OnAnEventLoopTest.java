package io.hawser.messaging.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.hawser.Deadline;
import io.hawser.Endpoint;
import io.hawser.http.EventStreams;
import io.hawser.http.Request;
import io.hawser.io.ExecutionMode;
import io.hawser.messaging.MessagingClient;
import io.hawser.messaging.MessagingClientConfig;
import io.hawser.messaging.MessagingConfig;
import io.hawser.messaging.MessagingServer;
import io.hawser.session.Message;
import io.hawser.session.Receipt;
import io.hawser.session.Session;
import io.hawser.session.SessionHandler;
import io.hawser.session.Sessions;
import io.hawser.tcp.Framing;
import io.hawser.tcp.TcpClient;
import io.hawser.websocket.WebSocketClientConfig;
import io.hawser.websocket.WebSockets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// What waits must not be called where nothing may.
class OnAnEventLoopTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void clientsSendReceiveAndConnectElsewhere() {
        List<Throwable> thrown = new CopyOnWriteArrayList<>();
        CompletableFuture<MessagingClient> used = new CompletableFuture<>();
        CompletableFuture<Receipt> sent = new CompletableFuture<>();
        EventStreams streams = EventStreams.of((session, message) -> {});
        assertThat(streams.handle(Request.get("/events")).body().read()).isNotNull();
        Session events = streams.sessions().stream().findFirst().orElseThrow();
        SessionHandler handler = (session, message) -> {
            MessagingClient client = used.join();
            thrown.add(catchThrowable(() -> client.send(message)));
            thrown.add(catchThrowable(client::receive));
            thrown.add(catchThrowable(() -> TcpClient.connect(session.remote(), Framing.lines(10))));
            thrown.add(catchThrowable(() -> sent.join().await()));
            thrown.add(catchThrowable(() -> events.send(Message.text("event"))));
        };
        try (MessagingServer server = MessagingServer.start(
                        Servers.anyPort(), MessagingConfig.defaults(), handler.in(ExecutionMode.EVENT_LOOP));
                MessagingClient client = MessagingClient.open(MessagingClientConfig.to("c", server.endpoint()))) {
            used.complete(client);
            sent.complete(client.send(Message.text("now")));
            await().until(() -> thrown.size() == 5);
            assertThat(thrown)
                    .allSatisfy(refusal -> assertThat(refusal)
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("refused on an event loop"));
        }
    }

    @Test
    void clientsAreOpenedElsewhereAndHoldNothingWhereTheyAreNot() {
        List<Throwable> thrown = new CopyOnWriteArrayList<>();
        SessionHandler handler = (session, message) -> {
            MessagingClientConfig messaging = MessagingClientConfig.to("other", Endpoint.parse(message.text()));
            thrown.add(catchThrowable(() -> MessagingClient.open(messaging)));
            WebSocketClientConfig socket = WebSocketClientConfig.to("ws://" + message.text());
            thrown.add(catchThrowable(() -> WebSockets.connect(socket)));
        };
        try (MessagingServer server = MessagingServer.start(
                        Servers.anyPort(), MessagingConfig.defaults(), handler.in(ExecutionMode.EVENT_LOOP));
                MessagingClient client = MessagingClient.open(MessagingClientConfig.to("c", server.endpoint()))) {
            client.send(Message.text(server.endpoint().toString()));
            await().until(() -> thrown.size() == 2);
            // Closing what had begun would be refused too, and leave it.
            assertThat(thrown)
                    .allSatisfy(refusal -> assertThat(refusal)
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessage("connecting waits, so it is refused on an event loop"));
        }
    }

    /// As a publication that comes on the loop does, behind those that another thread has just caught up with.
    @Test
    void whatIsSentThereStaysBehindWhatAnotherThreadHasSentBefore() {
        AtomicReference<Sessions> all = new AtomicReference<>();
        SessionHandler handler = (session, message) -> {
            Thread before = Thread.ofPlatform().start(() -> {
                session.offer(Message.text("1"));
                session.offer(Message.text("2"));
            });
            before.join();
            session.offer(Message.text("3"));
            all.get().broadcast(Message.text("4"));
            session.offer(Message.text("5"));
        };
        try (MessagingServer server = MessagingServer.start(
                        Servers.anyPort(), MessagingConfig.defaults(), handler.in(ExecutionMode.EVENT_LOOP));
                MessagingClient client = MessagingClient.open(MessagingClientConfig.to("c", server.endpoint()))) {
            all.set(server.sessions());
            client.send(Message.text("go"));
            List<String> received = new ArrayList<>();
            for (int i = 0; i < 5; i++)
                received.add(Deadline.within(PATIENCE, client::receive).text());
            assertThat(received).containsExactly("1", "2", "3", "4", "5");
        }
    }
}
