package io.hawser.websocket.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hawser.Bytes;
import io.hawser.ConnectFailed;
import io.hawser.ConnectionLost;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.SessionClosed;
import io.hawser.Tls;
import io.hawser.http.HttpConfig;
import io.hawser.http.HttpHandler;
import io.hawser.http.HttpServer;
import io.hawser.http.HttpVersion;
import io.hawser.http.Response;
import io.hawser.http.it.Nginx;
import io.hawser.io.ExecutionMode;
import io.hawser.session.Message;
import io.hawser.session.Session;
import io.hawser.session.SessionHandler;
import io.hawser.tcp.ConnectionState;
import io.hawser.tcp.ListenConfig;
import io.hawser.websocket.Deflate;
import io.hawser.websocket.WebSocket;
import io.hawser.websocket.WebSocketClientConfig;
import io.hawser.websocket.WebSocketConfig;
import io.hawser.websocket.WebSockets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A client's WebSockets on streams of HTTP/2. Source: RFC 8441
@Timeout(120)
class ClientOverHttp2Test {
    private static final Tls IDENTITY = Tls.selfSigned();
    private static final int MOST = 16 << 20;
    private static final WebSocketConfig LARGE =
            WebSocketConfig.defaults().withMaxMessageBytes(MOST).withSubprotocols("b", "c");

    /// What the server was asked in, in the order of the requests.
    private final List<HttpVersion> asked = new CopyOnWriteArrayList<>();

    private HttpServer serve(ListenConfig listen, SessionHandler handler) {
        WebSocketConfig config = LARGE.withDeflate(Deflate.defaults().withTakeover(true, true));
        HttpHandler accepting = request -> {
            asked.add(request.version());
            return request.path().equals("/")
                    ? WebSockets.accept(request, config, handler)
                    : Response.text(Integer.parseInt(request.path().substring(1)), "no");
        };
        return HttpServer.start(listen, HttpConfig.defaults(), accepting);
    }

    private HttpServer plain(SessionHandler handler) {
        return serve(ListenConfig.on("127.0.0.1:0"), handler);
    }

    private static WebSocketClientConfig to(HttpServer server, String path) {
        return WebSocketClientConfig.to("ws://" + server.endpoint() + path)
                .withReconnect(Web.QUICK)
                .withWebSocket(LARGE.withVersions(HttpVersion.HTTP_2));
    }

    private static WebSocketClientConfig secure(String uri, WebSocketConfig config) {
        WebSocketClientConfig client = WebSocketClientConfig.to(uri).withWebSocket(config);
        Tls trusting = Tls.client().withTrustPem(IDENTITY.certificatePem());
        return client.withConnect(client.connect().withTls(trusting)).withReconnect(Web.QUICK);
    }

    private static void exchange(WebSocket client) {
        byte[] noise = new byte[MOST];
        new Random(7).nextBytes(noise);
        for (Message message : List.of(
                Message.text("hello"),
                Message.text(""),
                Message.text("words that are worth compressing, ".repeat(100)),
                Message.binary(Bytes.wrap(noise).slice(0, 300)),
                Message.binary(Bytes.wrap(noise)),
                Message.text("x".repeat(MOST)))) {
            client.send(message);
            assertThat(client.receive().equals(message)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void messagesOfEverySizeComeBack(ExecutionMode mode) {
        try (HttpServer server = plain(Web.echo(mode));
                WebSocket client = WebSockets.connect(to(server, "/"))) {
            exchange(client);
            Session session = client.session().orElseThrow();
            assertThat(WebSockets.subprotocol(session)).contains("b");
            assertThat(session.stats().messagesReceived()).isEqualTo(6);
            assertThat(server.sessions().count()).isEqualTo(1);
        }
        assertThat(asked).containsExactly(HttpVersion.HTTP_2);
    }

    @Test
    void overTlsTheServerChooses() {
        ListenConfig listen = ListenConfig.on("127.0.0.1:0").withTls(IDENTITY);
        WebSocketConfig deflating = LARGE.withDeflate(Deflate.defaults().withTakeover(true, true));
        try (HttpServer server = serve(listen, Web.echo(ExecutionMode.VIRTUAL))) {
            String uri = "wss://" + server.endpoint() + "/";
            try (WebSocket both = WebSockets.connect(
                            secure(uri, deflating.withVersions(HttpVersion.HTTP_1_1, HttpVersion.HTTP_2)));
                    WebSocket old = WebSockets.connect(secure(uri, deflating))) {
                exchange(both);
                exchange(old);
                assertThat(both.session().orElseThrow().tls()).isPresent();
            }
        }
        assertThat(asked).containsExactly(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1);
    }

    @Test
    void aRefusalIsToldAsInHttp1() {
        try (HttpServer server = plain(Web.echo(ExecutionMode.VIRTUAL))) {
            assertThatThrownBy(() -> WebSockets.connect(to(server, "/404")))
                    .isInstanceOf(SessionClosed.class)
                    .hasMessageContaining("4404")
                    .hasMessageContaining("the server answered the handshake with 404");
            assertThatThrownBy(() -> WebSockets.connect(to(server, "/503"))).isInstanceOf(ConnectionLost.class);
            await().until(() -> server.connectionCount() == 0);
        }
    }

    @Test
    void aServerThatEndsBeforeItHasSaidAnythingHasNotRefusedStreams() throws Exception {
        try (ServerSocket ending = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try {
                    ending.accept().close();
                } catch (IOException over) {
                    // The test ends.
                }
            });
            assertThatThrownBy(() ->
                            WebSockets.connect(WebSocketClientConfig.to("ws://127.0.0.1:" + ending.getLocalPort() + "/")
                                    .withWebSocket(WebSocketConfig.defaults().withVersions(HttpVersion.HTTP_2))))
                    .isInstanceOf(ConnectionLost.class)
                    .hasMessageContaining("ended the connection before its settings");
        }
    }

    @Test
    void aServerThatSaysNothingFailsTheConnectUnlessADeadlineComesFirst() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            WebSocketClientConfig config = WebSocketClientConfig.to("ws://127.0.0.1:" + silent.getLocalPort() + "/")
                    .withWebSocket(WebSocketConfig.defaults().withVersions(HttpVersion.HTTP_2));
            Duration brief = Duration.ofMillis(200);
            assertThatThrownBy(() -> WebSockets.connect(
                            config.withConnect(config.connect().withTimeout(brief))))
                    .isInstanceOf(ConnectFailed.class)
                    .hasMessageEndingWith("did not come within PT0.2S");
            WebSocketClientConfig patient = config.withConnect(config.connect().withTimeout(Duration.ofDays(1)));
            assertThatThrownBy(() -> Deadline.within(brief, () -> WebSockets.connect(patient)))
                    .isInstanceOf(DeadlineExceeded.class);
        }
    }

    @Test
    void aStreamThatIsCutIsFollowedByAnother() {
        SessionHandler cutting = (session, message) -> {
            if (message.text().equals("cut")) session.abort();
            else session.send(message);
        };
        AtomicInteger connects = new AtomicInteger();
        try (HttpServer server = plain(cutting);
                WebSocket client = WebSockets.connect(
                        to(server, "/"),
                        session -> session.send(Message.text("connect " + connects.incrementAndGet())))) {
            assertThat(client.receive().text()).isEqualTo("connect 1");
            client.send("cut");
            assertThat(client.receive().text()).isEqualTo("connect 2");
            assertThat(Web.ask(client, "on")).isEqualTo("on");
        }
    }

    @Test
    void aDrainIsAGoodbyeAfterWhichTheClientComesBack() {
        HttpServer first = plain(Web.echo(ExecutionMode.VIRTUAL));
        try (WebSocket client = WebSockets.connect(to(first, "/"))) {
            assertThat(Web.ask(client, "one")).isEqualTo("one");
            first.drain(Duration.ofSeconds(30));
            first.close();
            await().until(() -> client.state() != ConnectionState.CONNECTED);
            assertThat(client.lastCloseReason().orElseThrow().code()).isEqualTo(1001);
            try (HttpServer second = serve(ListenConfig.on(first.endpoint()), Web.echo(ExecutionMode.VIRTUAL))) {
                assertThat(Web.ask(client, "two")).isEqualTo("two");
                assertThat(second.sessions().count()).isEqualTo(1);
            }
        }
    }

    @Test
    void whoClosesLeavesNoConnection() {
        try (HttpServer server = plain(Web.echo(ExecutionMode.VIRTUAL))) {
            WebSocket client = WebSockets.connect(to(server, "/"));
            assertThat(server.connectionCount()).isPositive();
            client.close();
            await().until(() -> server.connectionCount() == 0);
            assertThat(server.sessions().count()).isZero();
        }
    }

    /// As nginx does, which passes WebSockets on in HTTP/1.1 only.
    @Test
    void aServerWithoutSuchStreamsIsAskedInHttp1WhereThatMayBe(@TempDir Path folder) throws Exception {
        Nginx.write(IDENTITY, folder);
        try (HttpServer behind = plain(Web.echo(ExecutionMode.VIRTUAL));
                Nginx nginx = Nginx.start(folder, """
                        access_log off;
                        server {
                          listen 127.0.0.1:PORT0 ssl http2;
                          ssl_certificate FOLDER/cert.pem; ssl_certificate_key FOLDER/key.pem;
                          location / {
                            proxy_pass http://%s; proxy_http_version 1.1;
                            proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";
                          }
                        }
                        """.formatted(behind.endpoint()))) {
            String uri = "wss://127.0.0.1:" + nginx.port(0) + "/";
            WebSocketConfig both = LARGE.withVersions(HttpVersion.HTTP_1_1, HttpVersion.HTTP_2);
            try (WebSocket client = WebSockets.connect(secure(uri, both))) {
                assertThat(Web.ask(client, "hello")).isEqualTo("hello");
            }
            assertThat(asked).containsExactly(HttpVersion.HTTP_1_1);
            assertThatThrownBy(() -> WebSockets.connect(secure(uri, LARGE.withVersions(HttpVersion.HTTP_2))))
                    .isInstanceOf(ConnectFailed.class)
                    .hasMessageContaining("takes no WebSocket over HTTP/2");
        }
    }
}
