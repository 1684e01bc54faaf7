package io.hawser.websocket.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hawser.ConnectFailed;
import io.hawser.Endpoint;
import io.hawser.SessionClosed;
import io.hawser.http.Headers;
import io.hawser.http.HttpConfig;
import io.hawser.http.HttpHandler;
import io.hawser.http.HttpServer;
import io.hawser.http.Response;
import io.hawser.io.ExecutionMode;
import io.hawser.session.CloseReason;
import io.hawser.session.Message;
import io.hawser.session.Receipt;
import io.hawser.session.Session;
import io.hawser.session.SessionConfig;
import io.hawser.session.SessionHandler;
import io.hawser.tcp.ConnectionState;
import io.hawser.tcp.ListenConfig;
import io.hawser.websocket.ConnectHook;
import io.hawser.websocket.WebSocket;
import io.hawser.websocket.WebSocketClientConfig;
import io.hawser.websocket.WebSocketConfig;
import io.hawser.websocket.WebSockets;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(120)
class ComingBackTest {
    @Test
    void itSubscribesAgainBeforeWhatWaitedIsSentAndNothingIsLost() {
        List<String> heard = new ArrayList<>();
        SessionHandler server = (session, message) -> {
            synchronized (heard) {
                heard.add(message.text());
            }
            session.send(Message.text("got " + message.text()));
        };
        AtomicInteger connects = new AtomicInteger();
        HttpServer first = Web.serve(server);
        Endpoint endpoint = first.endpoint();
        WebSocketClientConfig config = Web.to(first);
        try (WebSocket client = WebSockets.connect(
                config, session -> session.send(Message.text("subscribe " + connects.incrementAndGet())))) {
            assertThat(client.receive().text()).isEqualTo("got subscribe 1");
            first.close();
            await().until(() -> client.state() != ConnectionState.CONNECTED);
            Receipt kept = client.send("while it was away");
            assertThat(client.queuedMessages()).isEqualTo(1);
            try (HttpServer second = Web.serve(ListenConfig.on(endpoint), WebSocketConfig.defaults(), server)) {
                assertThat(client.receive().text()).isEqualTo("got subscribe 2");
                assertThat(client.receive().text()).isEqualTo("got while it was away");
                assertThat(kept.await()).isEqualTo(Receipt.State.SENT);
                assertThat(second.sessions().count()).isEqualTo(1);
            }
        }
        assertThat(heard).containsExactly("subscribe 1", "subscribe 2", "while it was away");
    }

    @Test
    void onceClosedItHasNoSessionAndItsOwnReason() {
        try (HttpServer server = Web.serve((session, message) -> {})) {
            WebSocket client = WebSockets.connect(Web.to(server));
            assertThat(client.session()).isPresent();
            client.close();
            assertThat(client.session()).isEmpty();
            assertThat(client.lastCloseReason()).contains(CloseReason.NORMAL);
        }
    }

    @Test
    void aServerThatSaysItIsOverIsNotTriedAgain() {
        SessionHandler ends = new SessionHandler() {
            @Override
            public void message(Session session, Message message) {
                session.close(CloseReason.of(4403, "not you"));
            }
        };
        try (HttpServer server = Web.serve(ends);
                WebSocket client = WebSockets.connect(Web.to(server))) {
            client.send("me");
            assertThatThrownBy(client::receive).isInstanceOf(SessionClosed.class);
            assertThat(client.lastCloseReason().orElseThrow().code()).isEqualTo(4403);
            assertThat(client.state()).isEqualTo(ConnectionState.CLOSED);
            assertThat(client.iterator().hasNext()).isFalse();
        }
    }

    @Test
    void aSessionThatEndsAsItBeginsIsToldToWhoConnectsOrReceives() {
        SessionHandler refuses = new SessionHandler() {
            @Override
            public void opened(Session session) {
                session.close(CloseReason.of(4403, "not you"));
            }

            @Override
            public void message(Session session, Message message) {}
        };
        try (HttpServer server = Web.serve(refuses)) {
            assertThatThrownBy(() -> {
                        try (WebSocket client = WebSockets.connect(Web.to(server))) {
                            client.receive();
                        }
                    })
                    .isInstanceOf(SessionClosed.class)
                    .hasMessageContaining("4403: not you");
        }
    }

    @Test
    void eachConnectHasTheFieldsOfItsMoment() {
        List<String> seen = new CopyOnWriteArrayList<>();
        HttpHandler guarded = request -> {
            seen.add(request.header("Authorization").orElse("none") + " "
                    + request.header("X-Kept").orElse("none"));
            return WebSockets.accept(request, WebSocketConfig.defaults(), Web.echo(ExecutionMode.VIRTUAL));
        };
        AtomicInteger connects = new AtomicInteger();
        ConnectHook fresh = new ConnectHook() {
            @Override
            public Headers headers() {
                return Headers.of("authorization", "Bearer " + connects.incrementAndGet());
            }

            @Override
            public void connected(Session session) {
                session.send(Message.text("subscribe"));
            }
        };
        HttpServer first = HttpServer.start(ListenConfig.on("127.0.0.1:0"), HttpConfig.defaults(), guarded);
        WebSocketClientConfig config =
                Web.to(first).withHeader("Authorization", "Bearer old").withHeader("X-Kept", "yes");
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        try (WebSocket client = WebSockets.connect(config, fresh, (session, message) -> heard.add(message.text()))) {
            await().until(() -> "subscribe".equals(heard.poll()));
            first.close();
            await().until(() -> client.state() != ConnectionState.CONNECTED);
            try (HttpServer second =
                    HttpServer.start(ListenConfig.on(first.endpoint()), HttpConfig.defaults(), guarded)) {
                await().until(() -> "subscribe".equals(heard.poll()));
                assertThat(second.sessions().count()).isEqualTo(1);
            }
        }
        assertThat(seen).hasSize(2).first().isEqualTo("Bearer 1 yes");
        assertThat(seen.getLast()).matches("Bearer \\d+ yes").isNotEqualTo("Bearer 1 yes");
    }

    static List<Throwable> faults() {
        return List.of(new IOException("no token today"), new AssertionError("no token today"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void whatFailsBeforeAConnectIsToldToWhoeverOpens(Throwable fault) {
        ConnectHook failing = new ConnectHook() {
            @Override
            public Headers headers() throws Exception {
                if (fault instanceof Exception e) throw e;
                throw (Error) fault;
            }

            @Override
            public void connected(Session session) {}
        };
        try (HttpServer server = Web.serve((session, message) -> {})) {
            assertThatThrownBy(() -> WebSockets.connect(Web.to(server), failing))
                    .isInstanceOf(ConnectFailed.class)
                    .hasMessageContaining("no token today");
        }
    }

    @Test
    void aServerThatAsksForAPauseIsGivenIt() {
        List<Long> asked = new CopyOnWriteArrayList<>();
        SessionHandler cutting = (session, message) -> session.abort();
        HttpHandler handler = request -> {
            asked.add(System.nanoTime());
            return asked.size() == 2
                    ? Response.of(503).withHeader("Retry-After", "1")
                    : WebSockets.accept(request, WebSocketConfig.defaults(), cutting);
        };
        try (HttpServer server = HttpServer.start(ListenConfig.on("127.0.0.1:0"), HttpConfig.defaults(), handler);
                WebSocket client = WebSockets.connect(Web.to(server))) {
            client.send("cut me off");
            await().atMost(Duration.ofSeconds(30)).until(() -> asked.size() >= 3);
            assertThat(asked.get(2) - asked.get(1)).isGreaterThanOrEqualTo(1_000_000_000);
        }
    }

    @Test
    void aServerThatDoesNotAnswerTheHandshakeIsAFailedConnection() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            WebSocketClientConfig config = WebSocketClientConfig.to("ws://127.0.0.1:" + silent.getLocalPort() + "/");
            assertThatThrownBy(() -> WebSockets.connect(
                            config.withConnect(config.connect().withTimeout(Duration.ofMillis(300)))))
                    .isInstanceOf(ConnectFailed.class)
                    .hasMessageContaining("did not answer the greeting within PT0.3S");
        }
    }

    @Test
    void aServerThatAnswersNoPingIsGivenUp() throws Exception {
        SessionConfig session = SessionConfig.defaults().withPingAfter(Duration.ofMillis(600));
        try (ServerSocket deaf = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            WebSocketClientConfig config = WebSocketClientConfig.to("ws://127.0.0.1:" + deaf.getLocalPort() + "/")
                    .withPongTimeout(Duration.ofMillis(600))
                    .withReconnect(Web.QUICK)
                    .withWebSocket(WebSocketConfig.defaults().withSession(session));
            Thread accepting = Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 2; i++) accept(deaf);
            });
            AtomicInteger connects = new AtomicInteger();
            try (WebSocket client = WebSockets.connect(config, each -> connects.incrementAndGet())) {
                await().atMost(Duration.ofSeconds(30)).until(() -> connects.get() == 2);
                assertThat(client.lastCloseReason().orElseThrow().code()).isEqualTo(CloseReason.LOST.code());
            }
            accepting.join();
        }
    }

    /// Grants the upgrade, and never says anything more; the socket is closed when the client closes it.
    private static void accept(ServerSocket deaf) {
        try {
            Socket socket = deaf.accept();
            InputStream in = socket.getInputStream();
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) head.append((char) in.read());
            String key =
                    head.substring(head.indexOf("Sec-WebSocket-Key: ") + 19).split("\r\n", 2)[0];
            String answer = Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1")
                            .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(ISO_8859_1)));
            socket.getOutputStream()
                    .write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                    + "Sec-WebSocket-Accept: " + answer + "\r\n\r\n")
                            .getBytes(ISO_8859_1));
            Thread.ofVirtual().start(() -> {
                try (socket) {
                    in.transferTo(java.io.OutputStream.nullOutputStream());
                } catch (java.io.IOException e) {
                    // the client is gone
                }
            });
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
