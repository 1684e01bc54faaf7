package io.hawser.testkit.it;

import static io.hawser.testkit.it.Front.ACCEPT;
import static io.hawser.testkit.it.Front.ASK;
import static io.hawser.testkit.it.Front.LARGE;
import static io.hawser.testkit.it.Front.MASKED_HI;
import static io.hawser.testkit.it.Front.PATIENCE;
import static io.hawser.testkit.it.Front.SWITCH;
import static io.hawser.testkit.it.Front.TEXT_HI;
import static io.hawser.testkit.it.Front.bytes;
import static io.hawser.testkit.it.Front.client;
import static io.hawser.testkit.it.Front.echo;
import static io.hawser.testkit.it.Front.head;
import static io.hawser.testkit.it.Front.inFrontOf;
import static io.hawser.testkit.it.Front.raw;
import static io.hawser.testkit.it.Front.rest;
import static io.hawser.testkit.it.Front.say;
import static io.hawser.testkit.it.Front.stands;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.Bytes;
import io.hawser.Endpoint;
import io.hawser.http.HttpServer;
import io.hawser.http.ProxyConfig;
import io.hawser.session.CloseReason;
import io.hawser.session.Message;
import io.hawser.testkit.Script;
import io.hawser.testkit.ScriptedPeer;
import io.hawser.websocket.WebSocket;
import io.hawser.websocket.WebSockets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
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
    private final BlockingQueue<CloseReason> closed = new LinkedBlockingQueue<>();

    @Test
    void messagesOfAllSizesComeBackAndTheCloseGoesAllTheWay() throws Exception {
        byte[] noise = new byte[LARGE];
        new Random(7).nextBytes(noise);
        try (HttpServer behind = echo(closed);
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
            await().atMost(PATIENCE)
                    .pollInterval(Front.FIGURES_AGE)
                    .until(stands(() -> front.figures().traffic().bytesSent()));
            assertThat(front.figures().traffic().queuedBytes()).isBetween(1L, 1L << 20);
            for (int i = 0; i < 1000; i++)
                assertThat(bytes(client, frame.length())).isEqualTo(frame);
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
        try (HttpServer behind = echo(closed);
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
        try (HttpServer closing = echo(closed)) {
            gone = closing.endpoint();
        }
        try (HttpServer behind = echo(closed);
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
            await().atMost(PATIENCE)
                    .pollInterval(Front.FIGURES_AGE)
                    .until(stands(() -> front.figures().traffic().bytesReceived()));
            reads.countDown();
            sending.join();
            assertThat(rest(client)).isEqualTo(TEXT_HI + "\u0088\u0000");
            await().atMost(PATIENCE).until(front::isEmpty);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(front.figures().traffic().messagesReceived())
                            .isEqualTo(frames));
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

    private static void sendAll(Socket to, String frame, int times) {
        try {
            for (int i = 0; i < times; i++) say(to, frame);
            to.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
