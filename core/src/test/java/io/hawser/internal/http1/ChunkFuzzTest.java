package io.hawser.internal.http1;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.ProtocolError;
import io.hawser.testing.Fuzzing;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Any bytes are chunks, or refused; cut anywhere they give the same data, and never more than came in.
public final class ChunkFuzzTest {
    private record Outcome(String data, boolean ended, boolean refused, String trailer, int rest) {}

    public static void fuzzerTestOneInput(byte[] input) {
        List<Outcome> outcomes =
                Fuzzing.cuts(input).stream().map(ChunkFuzzTest::read).toList();
        Outcome whole = outcomes.getFirst();
        // The data before a fault may or may not have been passed on.
        if (whole.refused) assertThat(outcomes).allMatch(Outcome::refused);
        else assertThat(outcomes).allMatch(whole::equals);
        assertThat(whole.data.length()).isLessThanOrEqualTo(input.length);
    }

    private static Outcome read(List<byte[]> pieces) {
        ChunkDecoder decoder = new ChunkDecoder(HeadLimits.DEFAULTS);
        decoder.begin();
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        byte[] waiting = {};
        try {
            for (byte[] piece : pieces) {
                byte[] all = Arrays.copyOf(waiting, waiting.length + piece.length);
                System.arraycopy(piece, 0, all, waiting.length, piece.length);
                int used = decoder.decode(all, 0, all.length, all);
                data.write(all, 0, decoder.written());
                waiting = Arrays.copyOfRange(all, used, all.length);
            }
        } catch (ProtocolError refused) {
            assertThat(refused.code()).isIn(400, 431);
            return new Outcome("", false, true, "", 0);
        }
        String trailer = decoder.takeTrailer().toString();
        assertThat(trailer).doesNotContain("\r", "\n", "\0");
        return new Outcome(Fuzzing.text(data.toByteArray()), decoder.hasEnded(), false, trailer, waiting.length);
    }

    static List<byte[]> seeds() {
        return Fuzzing.seeds(
                "5\r\nhello\r\n00A;x=\"y\"\r\n, worlds!!\r\n0\r\nX-Sum: 1\r\n\r\nGET",
                "0\r\n\r\n",
                "1;\r\na\r\n0\r\nA: b\r\nA: c\r\n\r\n",
                "ffffffffffffff\r\nx",
                "10\r\n0123456789abcdef\r\n0\r\n\r\n");
    }

    @Test
    void anyBytesAreChunksOrRefusedHoweverCut() {
        Fuzzing.check(seeds(), ChunkFuzzTest::fuzzerTestOneInput);
    }
}
