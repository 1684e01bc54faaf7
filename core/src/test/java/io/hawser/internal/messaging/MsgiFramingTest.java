package io.hawser.internal.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hawser.Bytes;
import io.hawser.LimitExceeded;
import io.hawser.ProtocolError;
import io.hawser.internal.link.FramingDriver;
import io.hawser.messaging.Frame;
import io.hawser.messaging.FrameType;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MsgiFramingTest {
    private static final int LIMIT = 70_000;
    private final MsgiFraming framing = MsgiFraming.of(LIMIT).withMaxControlBytes(1000);
    private final Random random = new Random(42);

    private Frame data(int size) {
        byte[] payload = new byte[size];
        random.nextBytes(payload);
        return new Frame(FrameType.DATA, Bytes.wrap(payload));
    }

    private static byte[] hex(String text) {
        return Bytes.ofHex(text.replace(" ", "")).toArray();
    }

    @Test
    void framesComeThroughHoweverCut() {
        List<Frame> frames = List.of(
                data(0),
                data(1),
                new Frame(FrameType.PING, Bytes.ofUtf8("p")),
                data(125),
                new Frame(FrameType.HEARTBEAT, Bytes.EMPTY),
                data(127),
                new Frame(FrameType.CONTROL, Bytes.ofHex("a0")),
                data(3));
        byte[] wire = FramingDriver.encode(framing, frames);
        assertThat(FramingDriver.cuts(framing, wire, random, FramingDriver::frames))
                .allSatisfy(came -> assertThat(came).isEqualTo(frames));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 127, 65_535, 65_536, LIMIT})
    void everyLengthUpToTheLimitComesThrough(int size) {
        Frame frame = data(size);
        byte[] wire = FramingDriver.encode(framing, List.of(frame, frame));
        assertThat(new FramingDriver<>(framing).feed(wire).frames()).containsExactly(frame, frame);
    }

    @Test
    void aThousandFramesInOneWriteComeInOrder() {
        List<Frame> frames =
                IntStream.range(0, 1000).mapToObj(i -> data(i % 50)).toList();
        assertThat(new FramingDriver<>(framing)
                        .feed(FramingDriver.encode(framing, frames))
                        .frames())
                .isEqualTo(frames);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            4000, 1,  00
            4000, 2,  4D 00
            4000, 3,  4D 53 00
            4000, 4,  4D 53 47 00
            4000, 4,  4D 53 47 4A 00 00 00 0A 00 10
            4001, 8,  4D 53 47 49 00 00 00 00
            4001, 8,  4D 53 47 49 00 00 00 09
            4002, 8,  4D 53 47 49 FF FF FF FF
            4002, 8,  4D 53 47 49 00 01 11 7B
            4002, 10, 4D 53 47 49 00 00 03 F3 00 20
            4002, 10, 4D 53 47 49 00 00 20 0B 00 30
            4002, 10, 4D 53 47 49 00 00 20 0B 00 50
            4003, 10, 4D 53 47 49 00 00 00 0A 00 00
            4003, 10, 4D 53 47 49 00 00 00 0A 00 11
            4003, 10, 4D 53 47 49 00 00 00 0A 80 10
            4003, 10, 4D 53 47 49 00 00 00 0A 6F FF
            4003, 10, 4D 53 47 49 00 00 00 0A 80 00
            4004, 10, 4D 53 47 49 00 00 00 0B 00 40
            4004, 10, 4D 53 47 49 00 00 00 88 00 01
            4004, 10, 4D 53 47 49 00 00 00 88 00 02
            """)
    void aFaultIsKnownAtTheByteThatMakesItOne(int code, int atByte, String header) {
        byte[] wire = hex(header);
        FramingDriver<Frame> driver = new FramingDriver<>(framing);
        for (int i = 0; i < atByte - 1; i++) driver.feed(wire[i]);
        assertThatExceptionOfType(ProtocolError.class)
                .isThrownBy(() -> driver.feed(wire[atByte - 1]))
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void theLastLengthsThatAreAllowedAreAllowed() {
        // 70,000 bytes of data, 1,000 of control, 125 in a ping: the headers alone wait for their payload.
        for (String header : List.of(
                "4D534749 0001117A 0010",
                "4D534749 000003F2 0020",
                "4D534749 00000087 0001",
                "4D534749 0000200A 0050")) {
            FramingDriver<Frame> driver = new FramingDriver<>(framing).feed(hex(header));
            assertThat(driver.frames()).isEmpty();
            assertThat(driver.unread()).isEqualTo(10);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"7000", "7ABC", "7FFF"})
    void typesToBeIgnoredArePassedOver(String type) {
        byte[] wire = hex("4D534749 0000000D" + type + "010203" + "4D534749 0000000A 0040");
        assertThat(FramingDriver.cuts(framing, wire, random, FramingDriver::frames))
                .allSatisfy(came -> assertThat(came).containsExactly(new Frame(FrameType.HEARTBEAT, Bytes.EMPTY)));
    }

    @Test
    void whatTheOtherSideWouldRefuseIsNotEncoded() {
        for (Frame tooLong : List.of(
                data(LIMIT + 1),
                new Frame(FrameType.CONTROL, data(1001).payload()),
                new Frame(FrameType.PING, data(126).payload()),
                new Frame(FrameType.HEARTBEAT, data(1).payload()))) {
            assertThatExceptionOfType(LimitExceeded.class).isThrownBy(() -> framing.encodedSize(tooLong));
        }
    }

    @Test
    void noiseIsEitherFramesOrAProtocolError() {
        for (int round = 0; round < 2000; round++) {
            byte[] wire = FramingDriver.encode(framing, List.of(data(20), data(0), data(5)));
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                wire[random.nextInt(wire.length)] ^= (byte) (1 << random.nextInt(8));
            }
            FramingDriver<Frame> driver = new FramingDriver<>(framing);
            try {
                driver.feed(wire);
                assertThat(driver.frames()).hasSizeLessThanOrEqualTo(3);
            } catch (ProtocolError e) {
                assertThat(e.code()).isBetween(4000, 4004);
            }
        }
    }

    @Test
    void theHeaderIsAsTheContractSays() {
        byte[] wire = FramingDriver.encode(framing, List.of(new Frame(FrameType.DATA, Bytes.ofUtf8("hi"))));
        assertThat(Arrays.copyOf(wire, 12)).isEqualTo(hex("4D534749 0000000C 0010 6869"));
    }
}
