package io.hawser.benchmarks.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.hub.bench.BadResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class GrpcStreamTest {
    private static final int PAYLOAD_BYTES = 64;

    private final GrpcStream protocol = new GrpcStream(PAYLOAD_BYTES);

    private static ByteBuffer settings() {
        var frame = ByteBuffer.allocate(15);
        GrpcStream.header(frame, 6, GrpcStream.SETTINGS, 0, 0);
        return frame.putShort((short) 3).putInt(100).flip();
    }

    private static ByteBuffer ping(long payload) {
        var frame = ByteBuffer.allocate(17);
        GrpcStream.header(frame, 8, 6, 0, 0);
        return frame.putLong(payload).flip();
    }

    /// Two answers in three frames that end where no message does, among other frames.
    private ByteBuffer stream() {
        var out = ByteBuffer.allocate(1024).put(settings());
        GrpcStream.header(out, 3, GrpcStream.HEADERS, 4, 1);
        out.put(new byte[3]);
        var messages = ByteBuffer.allocate(2 * protocol.messageBytes());
        messages.put(protocol.message(0)).put(protocol.message(1));
        int at = 0;
        for (int end : new int[] {10, 80, messages.capacity()}) {
            GrpcStream.header(out, end - at, GrpcStream.DATA, 0, 1);
            out.put(messages.slice(at, end - at)).put(ping(at));
            at = end;
        }
        return out.flip();
    }

    @Test
    void answersAreFoundHoweverFramesAndReadsAreCut() throws Exception {
        var bytes = stream();
        for (int cut = 0; cut <= bytes.limit(); cut++) {
            var responses = protocol.responses();
            responses.owed().position(responses.owed().limit());
            responses.consume(bytes.slice(0, cut));
            responses.consume(bytes.slice(cut, bytes.limit() - cut));

            assertThat(responses.completed()).isEqualTo(2);
            // One acknowledgement of settings, three of pings.
            assertThat(responses.owed().remaining()).isEqualTo(9 + 3 * 17);
        }
    }

    @Test
    void aConnectionOpensWithThePrefaceAndOneStream() {
        var opening = protocol.responses().owed();
        var preface = new byte[24];
        opening.get(preface);

        assertThat(new String(preface, StandardCharsets.US_ASCII)).startsWith("PRI * HTTP/2.0");
        assertThat(opening.get(opening.position() + 3)).isEqualTo((byte) GrpcStream.SETTINGS);
    }

    @Test
    void whatIsNotAnEchoIsABadResponse() {
        var wrong = ByteBuffer.allocate(100);
        GrpcStream.header(wrong, 5, GrpcStream.DATA, 0, 1);
        wrong.put((byte) 1).putInt(PAYLOAD_BYTES).flip();

        assertThatThrownBy(() -> protocol.responses().consume(wrong)).isInstanceOf(BadResponse.class);
        var goaway = ByteBuffer.allocate(17);
        GrpcStream.header(goaway, 8, 7, 0, 0);
        assertThatThrownBy(() -> protocol.responses().consume(goaway.clear()))
                .hasMessage("the server ended the stream");
    }

    @Test
    void aMessageHasToFitAFrame() {
        assertThatIllegalArgumentException().isThrownBy(() -> new GrpcStream(1 << 14));
    }
}
