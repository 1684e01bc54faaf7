package io.hawser.internal.http1;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.ProtocolError;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerParserTest {
    private static final HeadLimits LIMITS = new HeadLimits(64, 256, 4);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "timeout=5 | 5",
                "max=3, Timeout = 5 | -1",
                "max=3 , TIMEOUT= 5 , timeout=6 | 5",
                "timeout=x, timeout=6 | 6",
                "timeout= | -1",
                "timeout=-1 | -1",
                "timeout=5s | -1",
                "timeout=0 | 0",
                "timeout=999999999 | 999999999",
                "timeout=1000000000 | -1",
                "max=3 | -1",
            })
    void howLongAServerKeepsAConnectionIsAHint(String value, long seconds) {
        byte[] head = ("HTTP/1.1 204 x\r\nKeep-Alive: " + value + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
        AnswerParser parser = new AnswerParser(LIMITS);
        assertThat(parser.parse(head, 0, head.length)).isEqualTo(head.length);
        assertThat(parser.framing().keepAliveSeconds()).isEqualTo(seconds);
    }

    /// What comes out of `input` when it arrives in two parts, `cut` octets first.
    private static String read(String input, boolean toHead, int cut) {
        byte[] bytes = input.getBytes(StandardCharsets.ISO_8859_1);
        AnswerParser parser = new AnswerParser(LIMITS);
        parser.toHead(toHead);
        try {
            int taken = cut == 0 ? 0 : parser.parse(bytes, 0, cut);
            if (!parser.isComplete() && cut < bytes.length) taken = parser.parse(bytes, taken, bytes.length);
            return parser.isComplete() ? describe(parser) + (taken < bytes.length ? " +" : "") : "incomplete";
        } catch (ProtocolError refused) {
            return "refused";
        }
    }

    private static String read(String input) {
        String whole = read(input, false, input.length());
        for (int cut = 0; cut < input.length(); cut++)
            assertThat(read(input, false, cut)).isEqualTo(whole);
        return whole;
    }

    private static String describe(AnswerParser parser) {
        BodyFraming framing = parser.framing();
        String body =
                framing.isChunked() ? "chunked" : framing.isUntilClose() ? "until close" : "" + framing.contentLength();
        return parser.status() + " " + body + (framing.isLast() ? " close" : "") + " " + parser.takeHeaders();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HTTP/1.1 200 OK\\r\\nContent-Length: 5\\r\\n\\r\\n | 200 5 Headers[Content-Length: 5]",
                "HTTP/1.1 404 Not \u00e9 here\\r\\nContent-Length: 0\\r\\n\\r\\n | 404 0 Headers[Content-Length: 0]",
                "HTTP/1.1 200 \\r\\ntransfer-ENCODING: Chunked\\r\\n\\r\\n | 200 chunked Headers[Transfer-Encoding: Chunked]",
                "HTTP/1.1 200\\r\\n\\r\\n | 200 until close close Headers[]",
                "HTTP/1.0 200 OK\\r\\nContent-Length: 1\\r\\n\\r\\n | 200 1 close Headers[Content-Length: 1]",
                "HTTP/1.0 200 OK\\r\\nContent-Length: 1\\r\\nConnection: keep-alive\\r\\n\\r\\n | 200 1 Headers[Content-Length: 1; Connection: keep-alive]",
                "HTTP/1.1 204 No\\r\\n\\r\\n | 204 0 Headers[]",
                "HTTP/1.1 304 No\\r\\nContent-Length: 7\\r\\n\\r\\n | 304 0 Headers[Content-Length: 7]",
                "HTTP/1.1 100 Continue\\r\\n\\r\\n | 100 0 Headers[]",
                "HTTP/1.1 999 x\\r\\nConnection: x, Close\\r\\nContent-Length: 2\\r\\n\\r\\n | 999 2 close Headers[Connection: x, Close; Content-Length: 2]",
            })
    void whatAnAnswerSaysOfItsBodyIsRead(String input, String expected) {
        assertThat(read(unescaped(input))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/2 200 OK\\r\\n\\r\\n",
        "HTTP/2.0 200 OK\\r\\n\\r\\n",
        "http/1.1 200 OK\\r\\n\\r\\n",
        "SSH-2.0-OpenSSH_9\\r\\n",
        "HTTP/1.1  200 OK\\r\\n\\r\\n",
        "HTTP/1.1 20 OK\\r\\n\\r\\n",
        "HTTP/1.1 2000 OK\\r\\n\\r\\n",
        "HTTP/1.1 200OK\\r\\n\\r\\n",
        "HTTP/1.1 099 OK\\r\\n\\r\\n",
        "HTTP/1.1 +20 OK\\r\\n\\r\\n",
        "HTTP/1.1 200 OK\\n\\n",
        "HTTP/1.1 200 OK\\rX",
        "HTTP/1.1 200 O\\0K\\r\\n\\r\\n",
        "HTTP/1.1 200 OK\\r\\n Folded: x\\r\\n\\r\\n",
        "HTTP/1.1 200 OK\\r\\nName : x\\r\\n\\r\\n",
        "HTTP/1.1 200 OK\\r\\nContent-Length: 1\\r\\nContent-Length: 1\\r\\n\\r\\n",
        "HTTP/1.1 200 OK\\r\\nContent-Length: +1\\r\\n\\r\\n",
        "HTTP/1.1 200 OK\\r\\nContent-Length: 1\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n",
        "HTTP/1.1 200 OK\\r\\nTransfer-Encoding: gzip\\r\\n\\r\\n",
        "HTTP/1.0 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n",
        "HTTP/1.1 200 OK\\r\\nA: 1\\r\\nB: 2\\r\\nC: 3\\r\\nD: 4\\r\\nE: 5\\r\\n\\r\\n",
    })
    void whatTwoReadersCouldTakeDifferentlyIsRefused(String input) {
        assertThat(read(unescaped(input), false, unescaped(input).length())).isEqualTo("refused");
    }

    @Test
    void aLineAndAHeadHaveTheirLimits() {
        String before = "HTTP/1.1 200 ";
        String fits = before + "x".repeat(64 - before.length()) + "\r\n\r\n";
        assertThat(read(fits)).startsWith("200");
        assertThat(read(fits.replace("\r\n\r\n", "y\r\n\r\n"), false, 60)).isEqualTo("refused");
        byte[] field = new byte[300];
        Arrays.fill(field, (byte) 'a');
        String head = "HTTP/1.1 200 OK\r\nA: " + new String(field, StandardCharsets.ISO_8859_1);
        assertThat(read(head, false, head.length())).isEqualTo("refused");
    }

    @Test
    void anAnswerToHeadHasNoBodyWhateverItSays() {
        String input = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n";
        assertThat(read(input, true, input.length())).isEqualTo("200 0 Headers[Content-Length: 9]");
        String chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        assertThat(read(chunked, true, 20)).isEqualTo("200 0 Headers[Transfer-Encoding: chunked]");
    }

    @Test
    void whatFollowsAHeadIsLeft() {
        assertThat(read("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", false, 0))
                .isEqualTo("200 2 Headers[Content-Length: 2] +");
    }

    private static String unescaped(String text) {
        return text.replace("\\r", "\r").replace("\\n", "\n").replace("\\0", "\0");
    }
}
