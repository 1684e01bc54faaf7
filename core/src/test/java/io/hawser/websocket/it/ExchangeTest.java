package io.hawser.websocket.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hawser.Bytes;
import io.hawser.ConnectFailed;
import io.hawser.ConnectionLost;
import io.hawser.SessionClosed;
import io.hawser.Tls;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicPattern;
import io.hawser.http.HttpServer;
import io.hawser.io.ExecutionMode;
import io.hawser.session.CloseReason;
import io.hawser.session.Message;
import io.hawser.session.Session;
import io.hawser.session.SessionHandler;
import io.hawser.session.Topics;
import io.hawser.tcp.ConnectConfig;
import io.hawser.tcp.ListenConfig;
import io.hawser.websocket.Deflate;
import io.hawser.websocket.WebSocket;
import io.hawser.websocket.WebSocketClientConfig;
import io.hawser.websocket.WebSocketConfig;
import io.hawser.websocket.WebSockets;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class ExchangeTest {
    record Tick(String name, double price) {}

    @ParameterizedTest
    @EnumSource
    void textBytesAndJsonComeBackInOrder(ExecutionMode mode) {
        try (HttpServer server = Web.serve(Web.echo(mode));
                WebSocket client = WebSockets.connect(Web.to(server))) {
            client.send("a");
            client.send(Bytes.ofHex("00ff"));
            client.send(WebSockets.json(new Tick("HWS", 1.5)));
            assertThat(client.receive()).isEqualTo(Message.text("a"));
            assertThat(client.receive()).isEqualTo(Message.binary(Bytes.ofHex("00ff")));
            assertThat(WebSockets.fromJson(client.receive(), Tick.class)).isEqualTo(new Tick("HWS", 1.5));
            for (int i = 0; i < 1000; i++) client.send("m" + i);
            for (int i = 0; i < 1000; i++) assertThat(client.receive().text()).isEqualTo("m" + i);
            assertThat(server.sessions().count()).isEqualTo(1);
        }
    }

    private static byte[] handshake(HttpServer server) {
        return """
                GET / HTTP/1.1\r
                Host: %s\r
                Upgrade: websocket\r
                Connection: Upgrade\r
                Sec-WebSocket-Version: 13\r
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                \r
                """.formatted(server.endpoint()).getBytes(US_ASCII);
    }

    /// Fragments as a client sends them that does not look for a close of its own; a reset would be what it
    /// sees in place of the close frame.
    @Test
    void aCloseBetweenFragmentsIsAnsweredThoughTheRestOfThemComes() throws Exception {
        byte[] rest = HexFormat.of().parseHex("80810000000062");
        try (HttpServer server = Web.serve(Web.echo(ExecutionMode.VIRTUAL));
                Socket peer = new Socket(
                        InetAddress.getLoopbackAddress(), server.endpoint().port())) {
            peer.getOutputStream().write(handshake(server));
            peer.getOutputStream().write(HexFormat.of().parseHex("018100000000618882" + "0000000003e8"));
            byte[] answer = peer.getInputStream().readAllBytes();
            assertThat(HexFormat.of().formatHex(answer)).endsWith("880203e8");
            for (byte each : rest) peer.getOutputStream().write(each);
        }
    }

    @Test
    void whoReadsThe101IsASessionAlready() throws Exception {
        List<Socket> peers = new ArrayList<>();
        try (HttpServer server = Web.serve(Web.echo(ExecutionMode.VIRTUAL))) {
            byte[] asked = handshake(server);
            for (int i = 1; i <= 500; i++) {
                Socket peer = new Socket(
                        InetAddress.getLoopbackAddress(), server.endpoint().port());
                peers.add(peer);
                peer.getOutputStream().write(asked);
                assertThat(peer.getInputStream().read()).isEqualTo('H');
                assertThat(server.sessions().count()).isEqualTo(i);
            }
        } finally {
            for (Socket peer : peers) peer.close();
        }
    }

    @Test
    void aClientWithAHandlerGetsWhatTheServerSends() throws Exception {
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        SessionHandler greets = new SessionHandler() {
            @Override
            public void opened(Session session) {
                session.send(Message.text("welcome"));
            }

            @Override
            public void message(Session session, Message message) {
                session.close(CloseReason.of(1000, "bye"));
            }
        };
        SessionHandler listens = new SessionHandler() {
            @Override
            public void message(Session session, Message message) {
                told.add(message.text());
                session.send(message);
            }

            @Override
            public void closed(Session session, CloseReason reason) {
                told.add(reason.toString());
            }
        };
        try (HttpServer server = Web.serve(greets);
                WebSocket client = WebSockets.connect(Web.to(server), listens)) {
            assertThat(told.poll(30, TimeUnit.SECONDS)).isEqualTo("welcome");
            assertThat(told.poll(30, TimeUnit.SECONDS)).isEqualTo("1000 bye");
            await().untilAsserted(() -> assertThat(client.state().name()).isEqualTo("CLOSED"));
        }
    }

    @Test
    void subprotocolAndHeadersAndCompressionAreAgreedOn() {
        List<String> chosen = new ArrayList<>();
        WebSocketConfig config = WebSocketConfig.defaults()
                .withSubprotocols("v2", "v1")
                .withDeflate(Deflate.defaults().withMinBytes(0));
        SessionHandler names = new SessionHandler() {
            @Override
            public void opened(Session session) {
                session.send(Message.text(WebSockets.subprotocol(session).orElse("none")));
            }

            @Override
            public void message(Session session, Message message) {
                session.send(message);
            }
        };
        try (HttpServer server = Web.serve(ListenConfig.on("127.0.0.1:0"), config, names)) {
            WebSocketClientConfig client = Web.to(server)
                    .withHeader("Origin", "http://" + server.endpoint())
                    .withWebSocket(config.withSubprotocols("v0", "v1"));
            try (WebSocket socket = WebSockets.connect(
                    client,
                    session -> chosen.add(WebSockets.subprotocol(session).orElse("none")))) {
                assertThat(socket.receive().text()).isEqualTo("v1");
                assertThat(Web.ask(socket, "x".repeat(60_000))).hasSize(60_000);
                Session session = socket.session().orElseThrow();
                assertThat(session.stats().bytesSent()).isLessThan(5_000);
                assertThat(session.stats().bytesReceived()).isLessThan(5_000);
            }
        }
        assertThat(chosen).containsExactly("v1");
    }

    @Test
    void overTls() {
        Tls tls = Tls.selfSigned();
        try (HttpServer server = Web.serve(
                ListenConfig.on("127.0.0.1:0").withTls(tls),
                WebSocketConfig.defaults(),
                Web.echo(ExecutionMode.VIRTUAL))) {
            WebSocketClientConfig client = WebSocketClientConfig.to(
                            "wss://127.0.0.1:" + server.endpoint().port() + "/")
                    .withConnect(ConnectConfig.defaults().withTls(Tls.client().withTrustPem(tls.certificatePem())));
            try (WebSocket socket = WebSockets.connect(client)) {
                assertThat(Web.ask(socket, "secret")).isEqualTo("secret");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 426})
    void aRefusalIsTold(int status) {
        try (HttpServer server = Web.serve(Web.echo(ExecutionMode.VIRTUAL))) {
            WebSocketClientConfig client = WebSocketClientConfig.to("ws://" + server.endpoint() + "/" + status);
            assertThatThrownBy(() -> WebSockets.connect(client))
                    .isInstanceOfSatisfying(
                            SessionClosed.class,
                            refused -> assertThat(refused.code()).isEqualTo(4000 + status));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void aServerThatCannotNowIsALostConnection(int status) {
        try (HttpServer server = Web.serve(Web.echo(ExecutionMode.VIRTUAL))) {
            WebSocketClientConfig client = WebSocketClientConfig.to("ws://" + server.endpoint() + "/" + status);
            assertThatThrownBy(() -> WebSockets.connect(client))
                    .isInstanceOf(ConnectionLost.class)
                    .hasMessageContaining(Integer.toString(status));
        }
    }

    /// Source: RFC 9110, section 7.8
    @Test
    void whatHttp10SaysOfAnUpgradeMeansNothing() throws Exception {
        String head = """
                GET / HTTP/1.0\r
                Host: h\r
                Upgrade: websocket\r
                Connection: Upgrade\r
                Sec-WebSocket-Version: 13\r
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                \r
                """;
        try (HttpServer server = Web.serve(Web.echo(ExecutionMode.VIRTUAL));
                Socket socket =
                        new Socket(server.endpoint().host(), server.endpoint().port())) {
            socket.getOutputStream().write(head.getBytes(US_ASCII));
            String answer = new String(socket.getInputStream().readNBytes(12), US_ASCII);
            assertThat(answer).endsWith(" 426");
        }
    }

    @Test
    void nobodyThereIsAFailedConnection() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        assertThatThrownBy(() -> WebSockets.connect(WebSocketClientConfig.to("ws://127.0.0.1:" + port)))
                .isInstanceOf(ConnectFailed.class);
    }

    @Test
    void aRoomReachesEverySessionAndEndsWithIt() {
        Topics topics = Topics.open();
        SessionHandler room = new SessionHandler() {
            @Override
            public void opened(Session session) {
                topics.join(session, TopicPattern.of("room.1"));
                session.send(Message.text("joined"));
            }

            @Override
            public void message(Session session, Message message) {
                topics.publish(Topic.of("room.1"), message);
            }
        };
        try (HttpServer server = Web.serve(room);
                WebSocket b = WebSockets.connect(Web.to(server))) {
            assertThat(b.receive().text()).isEqualTo("joined");
            try (WebSocket a = WebSockets.connect(Web.to(server))) {
                assertThat(a.receive().text()).isEqualTo("joined");
                a.send("hi");
                assertThat(a.receive().text()).isEqualTo("hi");
                assertThat(b.receive().text()).isEqualTo("hi");
            }
            assertThat(Web.ask(b, "alone")).isEqualTo("alone");
        }
    }

    @Test
    void aDrainTellsEveryPeerToComeBack() {
        HttpServer server = Web.serve(Web.echo(ExecutionMode.VIRTUAL));
        BlockingQueue<Integer> ends = new LinkedBlockingQueue<>();
        SessionHandler listens = new SessionHandler() {
            @Override
            public void message(Session session, Message message) {}

            @Override
            public void closed(Session session, CloseReason reason) {
                ends.add(reason.code());
            }
        };
        try (WebSocket client = WebSockets.connect(Web.to(server), listens)) {
            await().until(() -> server.sessions().count() == 1);
            assertThat(server.drain(Duration.ofSeconds(30)).cut()).isZero();
            await().untilAsserted(() -> assertThat(ends).containsExactly(1001));
            assertThat(client.queuedMessages()).isZero();
        }
    }
}
