package io.hawser.testkit.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.Bytes;
import io.hawser.DrainReport;
import io.hawser.Endpoint;
import io.hawser.http.HttpClient;
import io.hawser.http.HttpClientConfig;
import io.hawser.http.HttpConfig;
import io.hawser.http.HttpPoolConfig;
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
import io.hawser.testkit.Script;
import io.hawser.testkit.ScriptedPeer;
import io.hawser.websocket.WebSocket;
import io.hawser.websocket.WebSocketClientConfig;
import io.hawser.websocket.WebSocketConfig;
import io.hawser.websocket.WebSockets;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// WebSockets through a gateway to servers behind it, those that behave and those that do not.
final class ProxiedSocketsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int LARGE = 8 << 20;
    private static final WebSocketConfig CONFIG = WebSocketConfig.defaults()
            .withMaxMessageBytes(LARGE)
            .withMaxFrameBytes(LARGE)
            .withSubprotocols("chat");
    /// Of the key below.
    private static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

    private static final String ASK = """
            GET /ws/x?y=z HTTP/1.1\r
            Host: h\r
            Upgrade: websocket\r
            Connection: Upgrade\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            Sec-WebSocket-Version: 13\r
            \r
            """;
    private static final String SWITCH = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
            + "Connection: Upgrade\r\nSec-WebSocket-Accept: " + ACCEPT + "\r\n\r\n";
    private static final String TEXT_HI = "\u0081\u0002hi";
    private static final String MASKED_HI = "\u0081\u0082\0\0\0\0hi";

    private final BlockingQueue<CloseReason> closed = new LinkedBlockingQueue<>();

    private HttpServer echo() {
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

    /// A server that passes all on to `endpoints`.
    private static final class Front implements AutoCloseable {
        private final HttpClient calls;
        private final Proxy proxy;
        private final HttpServer server;

        Front(ProxyConfig config, Endpoint... endpoints) {
            this(HttpClientConfig.defaults(), config, endpoints);
        }

        Front(HttpClientConfig client, ProxyConfig config, Endpoint... endpoints) {
            calls = HttpClient.open(client);
            UpstreamConfig each = UpstreamConfig.named("sockets")
                    .withRetry(RetryConfig.defaults().withAttempts(endpoints.length));
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
    }

    private static Front inFrontOf(Endpoint... behind) {
        return new Front(ProxyConfig.defaults(), behind);
    }

    private static WebSocket client(Front front) {
        return WebSockets.connect(
                WebSocketClientConfig.to("ws://" + front.endpoint() + "/ws").withWebSocket(CONFIG));
    }

    private static Socket raw(Front front) throws IOException {
        Socket socket = new Socket(front.endpoint().host(), front.endpoint().port());
        socket.setSoTimeout(30_000);
        say(socket, ASK);
        return socket;
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String head(Socket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (head.indexOf("\r\n\r\n") < 0) {
            int octet = in.read();
            if (octet < 0) break;
            head.append((char) octet);
        }
        return head.toString();
    }

    private static String rest(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    private static String bytes(Socket socket, int count) throws IOException {
        return new String(socket.getInputStream().readNBytes(count), StandardCharsets.ISO_8859_1);
    }

    @Test
    void messagesOfAllSizesComeBackAndTheCloseGoesAllTheWay() throws Exception {
        byte[] noise = new byte[LARGE];
        new Random(7).nextBytes(noise);
        try (HttpServer behind = echo();
                Front front = inFrontOf(behind.endpoint());
                WebSocket client = client(front)) {
            assertThat(WebSockets.subprotocol(client.session().orElseThrow())).contains("chat");
            for (int size : new int[] {0, 1, 125, 126, 65_535, 65_536, LARGE}) {
                Message message = Message.binary(Bytes.wrap(noise).slice(0, size));
                client.send(message);
                assertThat(client.receive().equals(message))
                        .as("%d bytes", size)
                        .isTrue();
            }
            for (int i = 0; i < 1000; i++) client.send(Message.text("message " + i));
            for (int i = 0; i < 1000; i++) assertThat(client.receive().text()).isEqualTo("message " + i);
            assertThat(front.figures().connections()).isEqualTo(1);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(front.figures().traffic().messagesReceived())
                            .isEqualTo(1007));
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(front.figures().traffic().messagesSent()).isEqualTo(1007));
            client.session().orElseThrow().close(CloseReason.of(4321, "enough"));
            CloseReason told = closed.poll(30, TimeUnit.SECONDS);
            assertThat(told).isEqualTo(CloseReason.of(4321, "enough"));
            await().atMost(PATIENCE).until(front::isEmpty);
        }
    }

    @Test
    void aSlowReaderSlowsTheServerBehindAndNothingPilesUp() throws Exception {
        String frame = "\u0082~\u0010\u0000" + "x".repeat(4096);
        Script flood = Script.of().readHead().send(SWITCH).sendForever(frame);
        try (ScriptedPeer behind = ScriptedPeer.start(flood);
                Front front = inFrontOf(behind.endpoint());
                Socket client = raw(front)) {
            assertThat(head(client)).contains("101");
            // The queues of the gateway and of the system fill up, and then nothing moves.
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(300)).until(new Stands(front));
            assertThat(front.figures().traffic().queuedBytes()).isBetween(1L, 1L << 20);
            for (int i = 0; i < 1000; i++)
                assertThat(bytes(client, frame.length())).isEqualTo(frame);
        }
    }

    /// Whether nothing was sent since it was last asked.
    private static final class Stands implements Callable<Boolean> {
        private final Front front;
        private long before = -1;

        Stands(Front front) {
            this.front = front;
        }

        @Override
        public Boolean call() {
            long now = front.figures().traffic().bytesSent();
            boolean stands = now == before && now > 0;
            before = now;
            return stands;
        }
    }

    @Test
    void whatComesWithTheHandshakeIsNotLost() throws Exception {
        Script early =
                Script.of().readHead().send(SWITCH + TEXT_HI).expect(MASKED_HI).send("\u0088\u0000");
        try (ScriptedPeer behind = ScriptedPeer.start(early);
                Front front = inFrontOf(behind.endpoint());
                Socket client =
                        new Socket(front.endpoint().host(), front.endpoint().port())) {
            client.setSoTimeout(30_000);
            say(client, ASK + MASKED_HI);
            assertThat(head(client)).startsWith("HTTP/1.1 101 ").contains("Sec-WebSocket-Accept: " + ACCEPT);
            assertThat(rest(client)).isEqualTo(TEXT_HI + "\u0088\u0000");
            behind.check();
            assertThat(behind.heard())
                    .startsWith("GET /ws/x?y=z HTTP/1.1\r\n")
                    .contains("Connection: upgrade\r\n", "Upgrade: websocket\r\n", "X-Forwarded-Host: h\r\n");
        }
    }

    @Test
    void theEndOfOneDirectionIsPassedOnAndTheOtherGoesOn() throws Exception {
        CountDownLatch halfClosed = new CountDownLatch(1);
        Script patient = Script.of()
                .readHead()
                .send(SWITCH)
                .readToEnd()
                .signal(halfClosed)
                .send(TEXT_HI + TEXT_HI + "\u0088\u0000");
        try (ScriptedPeer behind = ScriptedPeer.start(patient);
                Front front = inFrontOf(behind.endpoint());
                Socket client = raw(front)) {
            assertThat(head(client)).contains("101");
            say(client, MASKED_HI + "\u0088\u0080\0\0\0\0");
            client.shutdownOutput();
            assertThat(halfClosed.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(rest(client)).isEqualTo(TEXT_HI + TEXT_HI + "\u0088\u0000");
            assertThat(behind.heard()).endsWith(MASKED_HI + "\u0088\u0080\0\0\0\0");
        }
    }

    @Test
    void aClientThatSaysNothingAfterTheEndOfItsServerIsIdle() throws Exception {
        Script ending = Script.of()
                .readHead()
                .send(SWITCH)
                .expect(MASKED_HI)
                .shutdownOutput()
                .readToEnd();
        try (ScriptedPeer behind = ScriptedPeer.start(ending);
                Front front =
                        new Front(ProxyConfig.defaults().withWebSocketIdle(Duration.ofSeconds(2)), behind.endpoint());
                Socket client = raw(front)) {
            assertThat(head(client)).contains("101");
            say(client, MASKED_HI);
            assertThat(rest(client)).startsWith("\u0088").contains("\u0003\u00f6"); // 1014
            await().atMost(PATIENCE).until(front::isEmpty);
        }
    }

    @Test
    void aServerThatDiesIsABadGatewayToItsClients() throws Exception {
        Script dying = Script.of().readHead().send(SWITCH + TEXT_HI).read(8).reset();
        try (ScriptedPeer behind = ScriptedPeer.start(dying);
                Front front = inFrontOf(behind.endpoint());
                Socket client = raw(front)) {
            assertThat(head(client)).contains("101");
            assertThat(bytes(client, 4)).isEqualTo(TEXT_HI);
            say(client, MASKED_HI);
            assertThat(rest(client)).startsWith("\u0088").contains("\u0003\u00f6"); // 1014
        }
    }

    @Test
    void aClientThatDiesIsGoneForTheServerBehind() throws Exception {
        try (HttpServer behind = echo();
                Front front = inFrontOf(behind.endpoint())) {
            try (Socket client = raw(front)) {
                assertThat(head(client)).contains("101");
                client.setSoLinger(true, 0);
            }
            CloseReason told = closed.poll(30, TimeUnit.SECONDS);
            assertThat(told).isNotNull();
            assertThat(told.code()).isEqualTo(1001);
        }
    }

    private static String switching(String fields) {
        return "HTTP/1.1 101 S\r\n" + fields + "\r\n";
    }

    static Stream<Arguments> answers() {
        String upgrade = "Upgrade: websocket\r\n";
        String connection = "Connection: Upgrade\r\n";
        String accept = "Sec-WebSocket-Accept: " + ACCEPT + "\r\n";
        return Stream.of(
                Arguments.of("another key", switching(upgrade + connection + "Sec-WebSocket-Accept: x\r\n"), 502),
                Arguments.of("no key", switching(upgrade + connection), 502),
                Arguments.of("another protocol", switching("Upgrade: h2c\r\n" + connection + accept), 502),
                Arguments.of("no protocol", switching(connection + accept), 502),
                Arguments.of("not of this connection", switching(upgrade + accept), 502),
                Arguments.of("no status", "HTTP/1.1 999 S\r\nContent-Length: 0\r\n\r\n", 502),
                Arguments.of("no HTTP", "SSH-2.0-OpenSSH\r\n", 502),
                Arguments.of("no answer", "", 502),
                Arguments.of("refused", "HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno", 403),
                Arguments.of("version", "HTTP/1.1 426 U\r\nUpgrade: websocket\r\nContent-Length: 0\r\n\r\n", 426),
                Arguments.of(
                        "a page", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n", 200));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void whatIsNoHandshakeIsPassedOnOrABadGateway(String what, String answer, int status) throws Exception {
        Script wrong = Script.of().readHead().send(answer);
        try (ScriptedPeer behind = ScriptedPeer.start(wrong);
                Front front = inFrontOf(behind.endpoint());
                Socket client = raw(front)) {
            assertThat(head(client)).startsWith("HTTP/1.1 " + status + " ");
            await().atMost(PATIENCE).until(front::isEmpty);
        }
    }

    @Test
    void anEndpointThatIsAwayIsPassedOverByTheBalancer() throws Exception {
        Endpoint gone;
        try (HttpServer closing = echo()) {
            gone = closing.endpoint();
        }
        try (HttpServer behind = echo();
                Front front = inFrontOf(gone, behind.endpoint())) {
            for (int i = 0; i < 10; i++) {
                try (WebSocket client = client(front)) {
                    client.send(Message.text("hello"));
                    assertThat(client.receive().text()).isEqualTo("hello");
                }
            }
        }
    }

    @Test
    void aDrainSaysGoodbyeBetweenTwoFramesAndWaitsForTheAnswer() throws Exception {
        CountDownLatch drains = new CountDownLatch(1);
        Script amidFrame = Script.of()
                .readHead()
                .send(SWITCH + "\u0082\u0004ab")
                .await(drains)
                .send("cd")
                .readUntil("\u0088\u0082\0\0\0\0\u0003\u00e9");
        try (ScriptedPeer behind = ScriptedPeer.start(amidFrame);
                Front front = inFrontOf(behind.endpoint());
                Socket client = raw(front)) {
            assertThat(head(client)).contains("101");
            assertThat(bytes(client, 4)).isEqualTo("\u0082\u0004ab");
            CompletableFuture<DrainReport> drain = CompletableFuture.supplyAsync(() -> front.server.drain(PATIENCE));
            await().atMost(PATIENCE).until(() -> !front.server.isRunning());
            drains.countDown();
            assertThat(bytes(client, 2)).isEqualTo("cd");
            assertThat(bytes(client, 4)).startsWith("\u0088").endsWith("\u0003\u00e9"); // 1001
            say(client, "\u0088\u0082\0\0\0\0\u0003\u00e9");
            String _ = rest(client);
            assertThat(drain.get(30, TimeUnit.SECONDS).cut()).isZero();
            await().atMost(PATIENCE).until(() -> behind.heard().endsWith("\u0003\u00e9"));
        }
    }

    @Test
    void aDrainFindsThePlaceOfItsGoodbyeWithinWhatCameAtOnce() throws Exception {
        CountDownLatch drains = new CountDownLatch(1);
        Script busy = Script.of()
                .readHead()
                .send(SWITCH + "\u0082\u0004ab")
                .await(drains)
                .send("cd" + TEXT_HI + "\u0082\u0004xy")
                .readUntil("\u0088\u0082\0\0\0\0\u0003\u00e9");
        try (ScriptedPeer behind = ScriptedPeer.start(busy);
                Front front = inFrontOf(behind.endpoint());
                Socket client = raw(front)) {
            assertThat(head(client)).contains("101");
            assertThat(bytes(client, 4)).isEqualTo("\u0082\u0004ab");
            CompletableFuture<DrainReport> drain = CompletableFuture.supplyAsync(() -> front.server.drain(PATIENCE));
            await().atMost(PATIENCE).until(() -> !front.server.isRunning());
            drains.countDown();
            assertThat(bytes(client, 6)).isEqualTo("cd" + TEXT_HI);
            assertThat(bytes(client, 4)).startsWith("\u0088").endsWith("\u0003\u00e9"); // 1001
            say(client, "\u0088\u0082\0\0\0\0\u0003\u00e9");
            assertThat(rest(client)).isEqualTo("drain"); // its message, and nothing of what was cut
            assertThat(drain.get(30, TimeUnit.SECONDS).cut()).isZero();
            await().atMost(PATIENCE).until(() -> behind.heard().endsWith("\u0003\u00e9"));
        }
    }

    @Test
    void aDrainEndsASocketOverWhichNothingCanBeSaidAnyMore() throws Exception {
        Script ending = Script.of().readHead().send(SWITCH).shutdownOutput().readToEnd();
        try (ScriptedPeer behind = ScriptedPeer.start(ending);
                Front front = inFrontOf(behind.endpoint());
                Socket client = raw(front)) {
            assertThat(head(client)).contains("101");
            assertThat(rest(client)).startsWith("\u0088").contains("\u0003\u00f6"); // 1014
            assertThat(front.server.drain(PATIENCE).cut()).isZero();
            await().atMost(PATIENCE).until(front::isEmpty);
        }
    }

    @Test
    void whatAClientSentBeforeItsEndArrivesHoweverSlowItsServerIs() throws Exception {
        CountDownLatch reads = new CountDownLatch(1);
        String frame = "\u0082\u00fe\u0010\u0000\0\0\0\0" + "x".repeat(4096);
        int frames = 4000;
        Script slow = Script.of()
                .readHead()
                .send(SWITCH)
                .await(reads)
                .read(frames * frame.length())
                .readToEnd()
                .send(TEXT_HI + "\u0088\u0000");
        try (ScriptedPeer behind = ScriptedPeer.start(slow);
                Front front = inFrontOf(behind.endpoint());
                Socket client = raw(front)) {
            assertThat(head(client)).contains("101");
            Thread sending = Thread.startVirtualThread(() -> sendAll(client, frame, frames));
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(300)).until(new StandsStill(front));
            reads.countDown();
            sending.join();
            assertThat(rest(client)).isEqualTo(TEXT_HI + "\u0088\u0000");
            await().atMost(PATIENCE).until(front::isEmpty);
            assertThat(front.figures().traffic().messagesReceived()).isEqualTo(frames);
        }
    }

    private static void sendAll(Socket to, String frame, int times) {
        try {
            for (int i = 0; i < times; i++) say(to, frame);
            to.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whether nothing was read from clients since it was last asked.
    private static final class StandsStill implements Callable<Boolean> {
        private final Front front;
        private long before = -1;

        StandsStill(Front front) {
            this.front = front;
        }

        @Override
        public Boolean call() {
            long now = front.figures().traffic().bytesReceived();
            boolean stands = now == before && now > 0;
            before = now;
            return stands;
        }
    }

    @Test
    void aClientIsHeardToItsEndByAServerThatHasEndedItsSide() throws Exception {
        Script done = Script.of()
                .readHead()
                .send(SWITCH + TEXT_HI + "\u0088\u0000")
                .shutdownOutput()
                .expect(MASKED_HI + MASKED_HI + "\u0088\u0080\0\0\0\0")
                .readToEnd();
        try (ScriptedPeer behind = ScriptedPeer.start(done);
                Front front = inFrontOf(behind.endpoint());
                Socket client = raw(front)) {
            assertThat(head(client)).contains("101");
            assertThat(rest(client)).isEqualTo(TEXT_HI + "\u0088\u0000");
            say(client, MASKED_HI);
            say(client, MASKED_HI + "\u0088\u0080\0\0\0\0");
            client.shutdownOutput();
            await().atMost(PATIENCE).until(front::isEmpty);
            behind.check();
        }
    }

    private static Front withSockets(int most, Endpoint... behind) {
        HttpPoolConfig pool = HttpPoolConfig.defaults().withMaxUpgraded(most);
        return new Front(HttpClientConfig.defaults().withPool(pool), ProxyConfig.defaults(), behind);
    }

    @Test
    void whereAServerHasAsManySocketsAsItMayHaveTheNextIsToldToComeBack() throws Exception {
        try (HttpServer one = echo();
                HttpServer other = echo();
                Front front = withSockets(1, one.endpoint(), other.endpoint());
                WebSocket second = client(front)) {
            try (WebSocket first = client(front);
                    Socket third = raw(front)) {
                assertThat(head(third))
                        .startsWith("HTTP/1.1 503 ")
                        .contains("Retry-After: 1\r\n", "Content-Type: application/problem+json");
                first.send(Message.text("still here"));
                assertThat(first.receive().text()).isEqualTo("still here");
            }
            await().atMost(PATIENCE).untilAsserted(() -> {
                try (Socket next = raw(front)) {
                    assertThat(head(next)).contains("101");
                }
            });
            second.send(Message.text("here too"));
            assertThat(second.receive().text()).isEqualTo("here too");
        }
    }

    @Test
    void aHandshakeThatIsNotAnsweredYetTakesAPlace() throws Exception {
        try (ScriptedPeer behind = ScriptedPeer.start(Script.of().readHead().readToEnd());
                Front front = withSockets(1, behind.endpoint());
                Socket first = raw(front)) {
            await().atMost(PATIENCE).until(() -> behind.heard().endsWith("\r\n\r\n"));
            try (Socket second = raw(front)) {
                assertThat(head(second)).startsWith("HTTP/1.1 503 ");
            }
            assertThat(first.isConnected()).isTrue();
            assertThat(behind.accepted()).isEqualTo(1);
        }
    }

    @Test
    void whoIsNotLetInTakesNoPlace() throws Exception {
        Endpoint gone;
        try (HttpServer closing = echo()) {
            gone = closing.endpoint();
        }
        Script refusing = Script.of().readHead().send("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno");
        try (ScriptedPeer behind = ScriptedPeer.start(refusing);
                Front front = withSockets(1, behind.endpoint());
                Front away = withSockets(1, gone)) {
            for (int i = 0; i < 5; i++) {
                await().atMost(PATIENCE).untilAsserted(() -> {
                    try (Socket client = raw(front)) {
                        assertThat(head(client)).startsWith("HTTP/1.1 403 ");
                    }
                });
                try (Socket client = raw(away)) {
                    assertThat(head(client)).startsWith("HTTP/1.1 502 ");
                }
            }
        }
    }

    @Test
    @SuppressWarnings("try") // to close it is part of the test
    void aSocketOverWhichNothingGoesIsIdleWhateverItsPeersThink() throws Exception {
        Script silent = Script.of().readHead().send(SWITCH).readToEnd();
        try (ScriptedPeer behind = ScriptedPeer.start(silent);
                Front front =
                        new Front(ProxyConfig.defaults().withWebSocketIdle(Duration.ofMillis(200)), behind.endpoint());
                Socket client = raw(front)) {
            assertThat(head(client)).contains("101");
            assertThat(bytes(client, 4)).startsWith("\u0088").endsWith("\u0003\u00e9"); // 1001
            client.close();
            await().atMost(PATIENCE).until(front::isEmpty);
        }
    }
}
