package io.hawser.internal.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.ProtocolError;
import io.hawser.internal.http1.HeadLimits;
import io.hawser.testing.Fuzzing;
import io.netty.buffer.Unpooled;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Any bytes are a header block, too long a one, or end the connection: never more than the limits is kept, nor
/// does one block decompress to endless work.
public final class FieldBlockFuzzTest {
    public static void fuzzerTestOneInput(byte[] input) {
        List<String> first = read(input);
        assertThat(read(input)).isEqualTo(first);
    }

    private static List<String> read(byte[] input) {
        List<String> fields = new ArrayList<>();
        FieldReader reader = new FieldReader(
                new FieldSink() {
                    @Override
                    public void field(AsciiString name, AsciiString value) {
                        fields.add(name + "=" + value);
                    }

                    @Override
                    public boolean hasTooMany() {
                        return false;
                    }
                },
                HeadLimits.DEFAULTS);
        // In two blocks, as the table of the connection outlives the first.
        int half = input.length / 2;
        try {
            boolean fits = reader.read(1, Unpooled.wrappedBuffer(input, 0, half))
                    && reader.read(3, Unpooled.wrappedBuffer(input, half, input.length - half));
            int size =
                    fields.stream().mapToInt(field -> field.length() - 1 + 32).sum();
            if (fits) assertThat(size).isLessThanOrEqualTo(2 * HeadLimits.DEFAULTS.maxHeadBytes());
            fields.add(fits ? "fits" : "too long");
        } catch (ProtocolError broken) {
            assertThat(broken.code()).isEqualTo(ErrorCode.COMPRESSION_ERROR);
            fields.add("broken");
        }
        return fields;
    }

    /// A table of 64 bytes, two fields of 32, more room, and less.
    private static final byte[] FULL_RING = {0x3f, 0x21, 0x40, 0, 0, 0x40, 0, 0, 0x3f, 0x41, 0x3f, 0x01, 0, 1, 97, 0};

    static List<byte[]> seeds() {
        PeerFrames peer = new PeerFrames();
        byte[] block = peer.block(":method", "GET", ":path", "/", "x-name", "value", "cookie", "a=b");
        return List.of(
                PeerFrames.join(block, block),
                PeerFrames.join(peer.block("x-name", "value"), peer.block("x-name", "value")),
                new byte[] {0x3f, (byte) 0xe1, 0x1f, (byte) 0x82, (byte) 0x86, (byte) 0x84},
                FULL_RING,
                new byte[] {0x40, 0x03, 'a', 'b', 'c', (byte) 0x83, 'x', 'y', 'z', (byte) 0xbe, (byte) 0xbe});
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void fieldsWithoutANameDoNotHoldTheLoopForEver() {
        assertThat(read(FULL_RING)).containsExactly("broken");
    }

    @Test
    void anyBytesAreABlockOrEndTheConnection() {
        Fuzzing.check(seeds(), FieldBlockFuzzTest::fuzzerTestOneInput);
    }
}
