package io.hawser.internal.http1;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.ProtocolError;
import io.hawser.testing.Fuzzing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Any bytes are heads of answers or refused; cut anywhere they are the same.
public final class AnswerFuzzTest {
    private static final HeadLimits LIMITS = new HeadLimits(256, 1024, 16);

    public static void fuzzerTestOneInput(byte[] input) {
        for (boolean toHead : new boolean[] {false, true}) {
            List<List<String>> outcomes = Fuzzing.cuts(input).stream()
                    .map(pieces -> read(pieces, toHead))
                    .toList();
            assertThat(outcomes).allMatch(outcomes.getFirst()::equals);
        }
    }

    private static List<String> read(List<byte[]> pieces, boolean toHead) {
        AnswerParser parser = new AnswerParser(LIMITS);
        parser.toHead(toHead);
        List<String> heads = new ArrayList<>();
        byte[] waiting = {};
        try {
            for (byte[] piece : pieces) {
                byte[] all = Arrays.copyOf(waiting, waiting.length + piece.length);
                System.arraycopy(piece, 0, all, waiting.length, piece.length);
                int at = 0;
                while (at < all.length) {
                    int next = parser.parse(all, at, all.length);
                    if (parser.isComplete()) heads.add(describe(parser, toHead));
                    if (next == at) break;
                    at = next;
                }
                waiting = Arrays.copyOfRange(all, at, all.length);
                assertThat(waiting.length).isLessThanOrEqualTo(1024 + 256);
            }
        } catch (ProtocolError refused) {
            heads.add("refused");
        }
        return heads;
    }

    private static String describe(AnswerParser parser, boolean toHead) {
        BodyFraming framing = parser.framing();
        assertThat(parser.status()).isBetween(100, 999);
        if (toHead) assertThat(framing.contentLength()).isZero();
        String fields = parser.takeHeaders().toString();
        assertThat(fields).doesNotContain("\r", "\n", "\0");
        return parser.status() + " " + framing.isChunked() + " " + framing.isUntilClose() + " "
                + framing.contentLength() + " " + framing.isLast() + " " + fields;
    }

    static List<byte[]> seeds() {
        return Fuzzing.seeds(
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204\r\nA: b\r\n\r\n",
                "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nKeep-Alive: timeout=5, max=3\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nSet-Cookie: a=b\r\n\r\n",
                "HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\nConnection: x, close\r\n\r\n");
    }

    @Test
    void anyBytesAreAnswersOrRefusedHoweverCut() {
        Fuzzing.check(seeds(), AnswerFuzzTest::fuzzerTestOneInput);
    }
}
