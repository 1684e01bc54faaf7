package io.hawser.internal.http1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.ProtocolError;
import io.hawser.http.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkDecoderTest {
    private static final String BODY = "5\r\nhello\r\n00A;x=\"y\"\r\n, worlds!!\r\n0\r\nX-Sum: 1\r\n\r\n";

    private record Outcome(String data, boolean ended, Headers trailer, int rest) {}

    private static Outcome decode(String input, int... cuts) {
        ChunkDecoder decoder = new ChunkDecoder(HeadLimits.DEFAULTS);
        decoder.begin();
        byte[] bytes = input.getBytes(StandardCharsets.ISO_8859_1);
        StringBuilder data = new StringBuilder();
        byte[] waiting = new byte[0];
        int from = 0;
        for (int i = 0; i <= cuts.length; i++) {
            int to = i < cuts.length ? cuts[i] : bytes.length;
            byte[] all = Arrays.copyOf(waiting, waiting.length + to - from);
            System.arraycopy(bytes, from, all, waiting.length, to - from);
            int used = decoder.decode(all, 0, all.length, all);
            data.append(new String(all, 0, decoder.written(), StandardCharsets.ISO_8859_1));
            waiting = Arrays.copyOfRange(all, used, all.length);
            from = to;
        }
        return new Outcome(data.toString(), decoder.hasEnded(), decoder.takeTrailer(), waiting.length);
    }

    @Test
    void chunksAreJoinedAndTheTrailerIsRead() {
        assertThat(decode(BODY + "GET")).isEqualTo(new Outcome("hello, worlds!!", true, Headers.of("X-Sum", "1"), 3));
    }

    @Test
    void aBodyCutAnywhereGivesTheSame() {
        Outcome whole = decode(BODY);
        for (int cut = 0; cut <= BODY.length(); cut++)
            assertThat(decode(BODY, cut)).isEqualTo(whole);
        int[] everywhere = new int[BODY.length() - 1];
        Arrays.setAll(everywhere, at -> at + 1);
        assertThat(decode(BODY, everywhere)).isEqualTo(whole);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n",
                "g\r\n",
                "-1\r\n",
                "+1\r\n",
                "0x1\r\n",
                " 1\r\n",
                "1 \r\n",
                "1\n",
                "1\rx",
                "1;\n",
                "1;\0\r\n",
                "1;a\rx",
                "1\r\naX",
                "1\r\na\n",
                "1\r\na\rX",
                "1\r\na\r\n\r\n",
                "1234567890123456\r\n",
                "0\r\nX : 1\r\n",
                "0\r\n a\r\n",
                "0\r\nA: b\n",
                "0\r\nContent-Length: 1\r\n",
                "0\r\nTransfer-Encoding: chunked\r\n",
                "0\r\nHost: a\r\n",
                "0\r\n\rx"
            })
    void whatIsNotChunkedIsRefusedHoweverItComes(String input) {
        for (int at = 0; at <= input.length(); at++) {
            int cut = at;
            assertThatThrownBy(() -> decode(input, cut))
                    .isInstanceOfSatisfying(
                            ProtocolError.class,
                            error -> assertThat(error.code()).isEqualTo(400));
        }
    }

    @Test
    void extensionsAndTrailersAreBounded() {
        assertThatThrownBy(() -> decode("1;" + "x".repeat(20_000) + "\r\n")).isInstanceOf(ProtocolError.class);
        assertThatThrownBy(() -> decode(("1;" + "x".repeat(4000) + "\r\na\r\n").repeat(5)))
                .isInstanceOf(ProtocolError.class);
        assertThatThrownBy(() -> decode("0\r\n" + "a: b\r\n".repeat(101))).isInstanceOf(ProtocolError.class);
    }
}
