package io.hawser.internal.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.http.Headers;
import io.hawser.internal.client.SendQueue;
import io.hawser.internal.http.ResponseHead;
import io.hawser.internal.link.HandDispatcher;
import io.hawser.internal.link.StubbornChannel;
import io.hawser.internal.session.SessionRegistry;
import io.hawser.session.CloseReason;
import io.hawser.session.Message;
import io.hawser.session.Session;
import io.hawser.session.SessionHandler;
import io.hawser.testing.FakeTime;
import io.hawser.testing.Fuzzing;
import io.hawser.websocket.Deflate;
import io.hawser.websocket.WebSocketClientConfig;
import io.hawser.websocket.WebSocketConfig;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Whatever a server of WebSocket says to a client, behind its answer to the handshake, plain or compressed,
/// and in place of it: the handler hears the same of it however it was cut, and the end once and last.
public final class SocketClientFuzzTest {
    private static final WebSocketConfig CONFIG = WebSocketConfig.defaults()
            .withMaxMessageBytes(4096)
            .withDeflate(Deflate.defaults().withTakeover(true, true));
    private static final WebSocketClientConfig CLIENT =
            WebSocketClientConfig.to("ws://192.0.2.1/").withWebSocket(CONFIG);
    private static final Headers COMPRESSED = Headers.of("Sec-WebSocket-Extensions", "permessage-deflate");

    private record Outcome(List<String> told, boolean open) {}

    public static void fuzzerTestOneInput(byte[] input) {
        for (Headers answer : List.of(Headers.EMPTY, COMPRESSED)) {
            check(Fuzzing.cuts(input).stream()
                    .map(pieces -> hear(answer, pieces))
                    .toList());
        }
        check(Fuzzing.cuts(input).stream().map(SocketClientFuzzTest::shakeHands).toList());
    }

    private static void check(List<Outcome> outcomes) {
        assertThat(outcomes).allMatch(outcomes.getFirst()::equals);
        List<String> told = outcomes.getFirst().told;
        assertThat(told.stream().filter(line -> line.startsWith("closed"))).hasSizeLessThanOrEqualTo(1);
        if (!outcomes.getFirst().open && told.contains("opened"))
            assertThat(told.getLast()).startsWith("closed");
    }

    /// What follows upon an answer.
    private static Outcome hear(Headers answer, List<byte[]> pieces) {
        try (End end = new End(true)) {
            end.link.answered(new ResponseHead(200, answer));
            return end.hear(pieces);
        }
    }

    /// What is the answer. That to the key, which is random, is put in where the input has a `$`.
    private static Outcome shakeHands(List<byte[]> pieces) {
        try (End end = new End(false)) {
            end.channel.runPendingTasks();
            byte[] key = end.answerToKey().getBytes(StandardCharsets.US_ASCII);
            List<byte[]> keyed = new ArrayList<>();
            for (byte[] piece : pieces) {
                for (int at = 0, from = 0; at <= piece.length; at++) {
                    if (at < piece.length && piece[at] != '$') continue;
                    keyed.add(Arrays.copyOfRange(piece, from, at));
                    if (at < piece.length) keyed.add(key);
                    from = at + 1;
                }
            }
            return end.hear(keyed);
        }
    }

    private static final class End implements SessionHandler, AutoCloseable {
        final StubbornChannel channel = new StubbornChannel();
        final WebSocketClientLink link;
        private final List<String> told = new ArrayList<>();

        End(boolean isOnStream) {
            SessionRegistry sessions =
                    new SessionRegistry(CONFIG.session(), this, HandDispatcher.inline(), false, new FakeTime());
            link = new WebSocketClientLink(
                    sessions,
                    WebSocketSettings.of(true, CONFIG),
                    CLIENT,
                    new SendQueue(size -> {}, 3, 100),
                    channel,
                    isOnStream);
            channel.pipeline().addLast(link);
            link.start(null);
        }

        String answerToKey() {
            String request = new String(channel.written(), StandardCharsets.ISO_8859_1);
            int at = request.indexOf("Sec-WebSocket-Key: ") + "Sec-WebSocket-Key: ".length();
            return HandshakeKey.answer(request.substring(at, request.indexOf('\r', at)));
        }

        Outcome hear(List<byte[]> pieces) {
            for (byte[] piece : pieces) {
                if (channel.isActive() && piece.length > 0) channel.read(piece);
                channel.runPendingTasks();
            }
            return new Outcome(List.copyOf(told), channel.isActive());
        }

        @Override
        public void opened(Session session) {
            told.add("opened");
            link.greeted();
        }

        @Override
        public void message(Session session, Message message) {
            told.add((message.isText() ? "text " : "binary ") + message.bytes().toHex());
            session.offer(message);
        }

        @Override
        public void closed(Session session, CloseReason reason) {
            told.add("closed " + reason.code());
        }

        @Override
        public void close() {
            channel.finishAndReleaseAll();
            channel.releaseOutbound();
        }
    }

    /// A server's frame: without a mask.
    private static byte[] frame(int first, String payload) {
        byte[] bytes = new byte[2 + payload.length()];
        bytes[0] = (byte) first;
        bytes[1] = (byte) payload.length();
        for (int i = 0; i < payload.length(); i++) bytes[2 + i] = (byte) payload.charAt(i);
        return bytes;
    }

    static List<byte[]> seeds() {
        String answer = "HTTP/1.1 101 x\r\nUpgrade: websocket\r\nConnection: upgrade\r\nSec-WebSocket-Accept: $\r\n";
        List<byte[]> seeds = new ArrayList<>(Fuzzing.seeds(
                answer + "\r\n\u0081\2hi",
                answer + "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n\u00c1\7\u00f2H\u00cd\u00c9\u00c9\7\0",
                "HTTP/1.1 100 x\r\n\r\nHTTP/1.1 503 x\r\nRetry-After: 5\r\n\r\n",
                "HTTP/1.1 101 x\r\nUpgrade: h2c\r\n\r\n"));
        seeds.add(Wire.join(frame(0x81, "hello"), frame(0x89, "p"), frame(0x88, "\3\u00e8bye")));
        seeds.add(Wire.join(frame(0x01, "h\u00c3"), frame(0x8a, ""), frame(0x80, "\u00a9llo"), frame(0x82, "\0\1")));
        seeds.add(frame(0xC1, "\u00f2H\u00cd\u00c9\u00c9\7\0"));
        seeds.add(Wire.frame(0x81, "masked"));
        return seeds;
    }

    @Test
    void aServerThatSaysAnythingIsHeardAlikeHoweverItIsCut() {
        Fuzzing.check(seeds(), SocketClientFuzzTest::fuzzerTestOneInput);
    }

    @Test
    void theFirstSeedOpensTheConnection() {
        assertThat(shakeHands(List.of(seeds().getFirst())).told).containsExactly("opened", "text 6869");
    }
}
