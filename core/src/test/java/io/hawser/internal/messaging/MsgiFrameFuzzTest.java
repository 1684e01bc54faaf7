package io.hawser.internal.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import io.hawser.ProtocolError;
import io.hawser.internal.link.FramingDriver;
import io.hawser.messaging.Frame;
import io.hawser.messaging.FrameType;
import io.hawser.testing.Fuzzing;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Any bytes are frames, or a fault with a code of section 3; cut anywhere they are the same.
public final class MsgiFrameFuzzTest {
    private static final int LIMIT = 4096;
    private static final MsgiFraming FRAMING = MsgiFraming.of(LIMIT).withMaxControlBytes(512);

    private record Outcome(List<Frame> frames, int code, int unread) {}

    public static void fuzzerTestOneInput(byte[] input) {
        List<Outcome> outcomes =
                Fuzzing.cuts(input).stream().map(MsgiFrameFuzzTest::read).toList();
        assertThat(outcomes).allMatch(outcomes.getFirst()::equals);
        Outcome outcome = outcomes.getFirst();
        assertThat(outcome.unread).isLessThanOrEqualTo(LIMIT + 10);
        byte[] again = FramingDriver.encode(FRAMING, outcome.frames);
        assertThat(new FramingDriver<>(FRAMING).feed(again).frames()).isEqualTo(outcome.frames);
    }

    private static Outcome read(List<byte[]> pieces) {
        FramingDriver<Frame> driver = new FramingDriver<>(FRAMING);
        try {
            for (byte[] piece : pieces) driver.feed(piece);
            return new Outcome(driver.frames(), 0, driver.unread());
        } catch (ProtocolError fault) {
            assertThat(fault.code()).isBetween(4000, 4004);
            return new Outcome(driver.frames(), fault.code(), 0);
        }
    }

    static List<byte[]> seeds() {
        byte[] data = FramingDriver.encode(
                FRAMING,
                List.of(
                        new Frame(FrameType.PING, Bytes.ofUtf8("p")),
                        new Frame(FrameType.DATA, Bytes.ofUtf8("hello")),
                        new Frame(FrameType.HEARTBEAT, Bytes.EMPTY),
                        new Frame(FrameType.CONTROL, ServerWire.HELLO)));
        byte[] end = FramingDriver.encode(FRAMING, List.of(new Frame(FrameType.DISCONNECT, Bytes.ofHex("a0"))));
        byte[] ignored = Bytes.ofHex("4d5347490000000d7000010203").toArray();
        return List.of(data, end, ignored, Fuzzing.text(data).repeat(3).getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void aFrameThatIsTooLongAndOfABadTypeIsTooLongHoweverCut() {
        fuzzerTestOneInput(Bytes.ofHex("4d5347490080001b0001").toArray());
        fuzzerTestOneInput(Bytes.ofHex("4d5347490a00000b0100").toArray());
    }

    @Test
    void anyBytesAreFramesOrAFaultHoweverCut() {
        Fuzzing.check(seeds(), MsgiFrameFuzzTest::fuzzerTestOneInput);
    }
}
