package io.hawser.benchmarks.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

final class RSocketChannelTest {
    private final RSocketChannel protocol = new RSocketChannel(64);

    private static ByteBuffer frame(int type, int flags, int dataBytes) {
        var frame = ByteBuffer.allocate(9 + dataBytes);
        return frame.put((byte) 0)
                .putShort((short) (6 + dataBytes))
                .putInt(1)
                .putShort((short) (type << 10 | flags))
                .clear();
    }

    @Test
    void answersAreFoundWhereverReadsAreCut() throws Exception {
        var bytes = ByteBuffer.allocate(512);
        bytes.put(frame(0x08, 0, 4)).put(frame(RSocketChannel.PAYLOAD, RSocketChannel.NEXT, 0));
        // What comes back is what was sent.
        for (int i = 0; i < 3; i++) protocol.encode(bytes, i);
        bytes.flip();
        for (int cut = 0; cut <= bytes.limit(); cut++) {
            var responses = protocol.responses();
            responses.consume(bytes.slice(0, cut));
            responses.consume(bytes.slice(cut, bytes.limit() - cut));

            assertThat(responses.completed()).isEqualTo(3);
        }
    }

    @Test
    void anErrorAndAnotherLengthAreBadResponses() {
        assertThatThrownBy(() -> protocol.responses().consume(frame(0x0B, 0, 4)))
                .hasMessage("the server ended the channel");
        assertThatThrownBy(() -> protocol.responses().consume(frame(RSocketChannel.PAYLOAD, RSocketChannel.NEXT, 5)))
                .hasMessage("a payload of another length");
        var wrong = frame(RSocketChannel.PAYLOAD, RSocketChannel.NEXT, 64);
        assertThatThrownBy(() -> protocol.responses().consume(wrong)).hasMessage("wrong bytes in an answer");
    }
}
