package io.hawser.testkit.it;

import io.hawser.Endpoint;
import io.hawser.http.HttpClient;
import io.hawser.http.HttpClientConfig;
import io.hawser.http.HttpConfig;
import io.hawser.http.HttpServer;
import io.hawser.http.Proxy;
import io.hawser.http.ProxyConfig;
import io.hawser.http.Upstream;
import io.hawser.http.UpstreamConfig;
import io.hawser.policy.RetryConfig;
import io.hawser.policy.WeightedEndpoint;
import io.hawser.session.CloseReason;
import io.hawser.session.Message;
import io.hawser.session.Session;
import io.hawser.session.SessionHandler;
import io.hawser.tcp.ListenConfig;
import io.hawser.tcp.ProtocolStats;
import io.hawser.websocket.WebSocket;
import io.hawser.websocket.WebSocketClientConfig;
import io.hawser.websocket.WebSocketConfig;
import io.hawser.websocket.WebSockets;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// A gateway for WebSockets, and what its peers say over plain sockets.
final class Front implements AutoCloseable {
    /// Figures are as old as half a second.
    static final Duration FIGURES_AGE = Duration.ofMillis(600);

    static final Duration PATIENCE = Duration.ofSeconds(30);
    static final int LARGE = 8 << 20;
    static final WebSocketConfig CONFIG = WebSocketConfig.defaults()
            .withMaxMessageBytes(LARGE)
            .withMaxFrameBytes(LARGE)
            .withSubprotocols("chat");
    /// Of the key below.
    static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

    static final String ASK = """
            GET /ws/x?y=z HTTP/1.1\r
            Host: h\r
            Upgrade: websocket\r
            Connection: Upgrade\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            Sec-WebSocket-Version: 13\r
            \r
            """;
    static final String SWITCH = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
            + "Connection: Upgrade\r\nSec-WebSocket-Accept: " + ACCEPT + "\r\n\r\n";
    static final String TEXT_HI = "\u0081\u0002hi";
    static final String MASKED_HI = "\u0081\u0082\0\0\0\0hi";

    private final HttpClient calls;
    private final Proxy proxy;
    final HttpServer server;

    Front(ProxyConfig config, Endpoint... endpoints) {
        this(HttpClientConfig.defaults(), config, endpoints);
    }

    Front(HttpClientConfig client, ProxyConfig config, Endpoint... endpoints) {
        calls = HttpClient.open(client);
        UpstreamConfig each =
                UpstreamConfig.named("sockets").withRetry(RetryConfig.defaults().withAttempts(endpoints.length));
        proxy = Proxy.to(Upstream.over(calls, WeightedEndpoint.equally(List.of(endpoints)), each), config);
        server = HttpServer.start(ListenConfig.on("127.0.0.1:0"), HttpConfig.defaults(), proxy);
    }

    Endpoint endpoint() {
        return server.endpoint();
    }

    ProtocolStats figures() {
        return server.stats().protocols().stream()
                .filter(each -> each.name().equals("websocket"))
                .findFirst()
                .orElseThrow();
    }

    boolean isEmpty() {
        return figures().connections() == 0;
    }

    @Override
    public void close() {
        server.close();
        proxy.close();
        calls.close();
    }

    /// Sends back what comes, and tells `closed` why each ended.
    static HttpServer echo(Queue<CloseReason> closed) {
        SessionHandler handler = new SessionHandler() {
            @Override
            public void message(Session session, Message message) {
                session.send(message);
            }

            @Override
            public void closed(Session session, CloseReason reason) {
                closed.add(reason);
            }
        };
        return HttpServer.start(
                ListenConfig.on("127.0.0.1:0"),
                HttpConfig.defaults(),
                request -> WebSockets.accept(request, CONFIG, handler));
    }

    static Front inFrontOf(Endpoint... behind) {
        return new Front(ProxyConfig.defaults(), behind);
    }

    static WebSocket client(Front front) {
        return WebSockets.connect(
                WebSocketClientConfig.to("ws://" + front.endpoint() + "/ws").withWebSocket(CONFIG));
    }

    static Socket raw(Front front) throws IOException {
        Socket socket = new Socket(front.endpoint().host(), front.endpoint().port());
        socket.setSoTimeout(30_000);
        say(socket, ASK);
        return socket;
    }

    static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    static String head(Socket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (head.indexOf("\r\n\r\n") < 0) {
            int octet = in.read();
            if (octet < 0) break;
            head.append((char) octet);
        }
        return head.toString();
    }

    static String rest(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    static String bytes(Socket socket, int count) throws IOException {
        return new String(socket.getInputStream().readNBytes(count), StandardCharsets.ISO_8859_1);
    }

    /// Whether `bytes`, which are some by then, are as many as when this was last asked.
    static Callable<Boolean> stands(LongSupplier bytes) {
        AtomicLong before = new AtomicLong(-1);
        return () -> {
            long now = bytes.getAsLong();
            return before.getAndSet(now) == now && now > 0;
        };
    }
}
