package io.hawser.benchmarks.broadcast;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FramesTest {
    private static final Wire WIRE = new WebSocketWire();

    private final Frames frames = new Frames(WIRE);
    private final ByteBuffer in = ByteBuffer.allocate(4096);
    private final List<String> found = new ArrayList<>();
    private final Wire.Sink sink = new Wire.Sink() {
        @Override
        public void text(ByteBuffer payload, int from, int to) {
            found.add(Lines.text(payload, from, to));
        }

        @Override
        public void asked(ByteBuffer answer) {
            found.add("asked:" + answer.remaining());
        }
    };

    private void read(byte[] bytes, int from, int to) throws IOException {
        frames.restore(in);
        in.put(bytes, from, to - from);
        frames.cut(in, sink);
    }

    private static byte[] frame(int first, String payload) {
        var out = new ByteArrayOutputStream();
        out.write(first);
        if (payload.length() > 125) {
            out.write(126);
            out.write(payload.length() >> 8);
        }
        out.write(payload.length());
        out.writeBytes(payload.getBytes(ISO_8859_1));
        return out.toByteArray();
    }

    @Test
    void framesCutAtEveryByteAreFound() throws Exception {
        var all = new ByteArrayOutputStream();
        all.writeBytes(frame(0x81, "short"));
        all.writeBytes(frame(0x89, ""));
        all.writeBytes(frame(0x81, "x".repeat(300)));
        byte[] bytes = all.toByteArray();
        for (int cut = 0; cut <= bytes.length; cut++) {
            found.clear();
            read(bytes, 0, cut);
            read(bytes, cut, bytes.length);
            assertThat(found).containsExactly("short", "asked:6", "x".repeat(300));
        }
    }

    @Test
    void aFrameThatIsTooLongIsRefused() {
        byte[] huge = {(byte) 0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0};

        assertThatThrownBy(() -> read(huge, 0, huge.length)).isInstanceOf(BroadcastFailed.class);
    }

    @Test
    void aGoodbyeEndsTheLoad() {
        byte[] close = frame(0x88, "");

        assertThatThrownBy(() -> read(close, 0, close.length)).hasMessageContaining("close frame");
    }

    @Test
    void aTextOfAClientIsMasked() {
        var short1 = WIRE.message("hi");
        assertThat(short1.remaining()).isEqualTo(2 + 4 + 2);
        assertThat(short1.get(1) & 0xFF).isEqualTo(0x82);
        assertThat((char) (short1.get(6) ^ short1.get(2))).isEqualTo('h');
        assertThat((char) (short1.get(7) ^ short1.get(3))).isEqualTo('i');
        assertThat(WIRE.message("y".repeat(200)).remaining()).isEqualTo(4 + 4 + 200);
    }
}
