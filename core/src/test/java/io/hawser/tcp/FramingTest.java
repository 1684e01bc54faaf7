package io.hawser.tcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.hawser.Bytes;
import io.hawser.LimitExceeded;
import io.hawser.ProtocolError;
import io.hawser.internal.link.FramingDriver;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FramingTest {
    private final Random random = new Random(20_260_101);

    private Bytes bytes(int size) {
        byte[] content = new byte[size];
        random.nextBytes(content);
        return Bytes.wrap(content);
    }

    private <F> void comesThroughHoweverCut(Framing<F> framing, List<F> frames) {
        byte[] wire = FramingDriver.encode(framing, frames);
        assertThat(FramingDriver.cuts(framing, wire, random, FramingDriver::frames))
                .allSatisfy(came -> assertThat(came).isEqualTo(frames));
    }

    private static <F> FramingDriver<F> driver(Framing<F> framing) {
        return new FramingDriver<>(framing);
    }

    /// Two bytes each, and reads and writes another order than it is given.
    private record LittleEndian() implements Framing<Short> {
        @Override
        public int decode(ByteBuffer input, int seen, Consumer<? super Short> output) {
            assertThat(input.order()).isEqualTo(ByteOrder.BIG_ENDIAN);
            input.order(ByteOrder.LITTLE_ENDIAN);
            if (input.remaining() < Short.BYTES) return 0;
            output.accept(input.getShort());
            return Short.BYTES;
        }

        @Override
        public int encodedSize(Short frame) {
            return Short.BYTES;
        }

        @Override
        public void encode(Short frame, ByteBuffer output) {
            assertThat(output.order()).isEqualTo(ByteOrder.BIG_ENDIAN);
            output.order(ByteOrder.LITTLE_ENDIAN).putShort(frame);
        }
    }

    @Test
    void theNextCallGetsBigEndianWhateverTheOneBeforeMadeOfIt() {
        comesThroughHoweverCut(new LittleEndian(), List.of((short) 1, (short) 515, (short) -2));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void prefixedFramesComeThroughHoweverCut(int prefixBytes) {
        Framing<Bytes> framing = Framing.lengthPrefix(prefixBytes, 255);
        comesThroughHoweverCut(
                framing,
                IntStream.of(0, 1, 125, 126, 127, 254, 255, 0)
                        .mapToObj(this::bytes)
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({"1,255", "2,65535", "4,65536", "4,1048576"})
    void aPrefixedFrameAtTheLimitPassesAndOneOverItIsKnownFromThePrefix(int prefixBytes, int limit) {
        Framing<Bytes> framing = Framing.lengthPrefix(prefixBytes, limit);
        Bytes longest = bytes(limit);
        byte[] wire = FramingDriver.encode(framing, List.of(longest));
        assertThat(driver(framing).feed(wire).frames()).containsExactly(longest);

        Framing<Bytes> narrower = Framing.lengthPrefix(prefixBytes, limit - 1);
        byte[] prefix = Arrays.copyOf(wire, prefixBytes);
        assertThatExceptionOfType(LimitExceeded.class)
                .isThrownBy(() -> driver(narrower).feed(prefix))
                .satisfies(e -> assertThat(e.seen()).isEqualTo(limit));
        assertThatExceptionOfType(LimitExceeded.class).isThrownBy(() -> narrower.encodedSize(longest));
    }

    @Test
    void aPrefixOverTwoBillionIsNoNegativeLength() {
        assertThatExceptionOfType(LimitExceeded.class)
                .isThrownBy(() -> driver(Framing.lengthPrefix(4, 100))
                        .feed(ByteBuffer.allocate(4).putInt(-1).array()))
                .satisfies(e -> assertThat(e.seen()).isEqualTo(0xFFFF_FFFFL));
    }

    @ParameterizedTest
    @ValueSource(strings = {"|", "\r\n", "--end--", "aa"})
    void delimitedFramesComeThroughHoweverCut(String delimiter) {
        Framing<Bytes> framing = Framing.delimiter(Bytes.ofUtf8(delimiter), 130);
        List<Bytes> frames = new ArrayList<>();
        for (int size : new int[] {0, 1, 125, 126, 127, 130, 0}) frames.add(Bytes.ofUtf8("x".repeat(size)));
        frames.add(Bytes.ofUtf8("\r-a-\r-b"));
        comesThroughHoweverCut(framing, frames);
    }

    @Test
    void aDelimitedFrameOverTheLimitIsRefusedBeforeItsEnd() {
        Framing<Bytes> framing = Framing.delimiter(Bytes.ofUtf8("\r\n"), 4);
        assertThat(driver(framing).feed("abcd\r\n".getBytes(UTF_8)).frames()).containsExactly(Bytes.ofUtf8("abcd"));
        assertThat(driver(framing).feed("abcd\r".getBytes(UTF_8)).frames()).isEmpty();
        assertThatExceptionOfType(LimitExceeded.class)
                .isThrownBy(() -> driver(framing).feed("abcdef".getBytes(UTF_8)));
        assertThatExceptionOfType(LimitExceeded.class)
                .isThrownBy(() -> driver(framing).feed("abcde\r\n".getBytes(UTF_8)));
    }

    @Test
    void aFrameThatWouldShowItsDelimiterTooEarlyIsNotSent() {
        Framing<Bytes> framing = Framing.delimiter(Bytes.ofUtf8("aba"), 100);
        assertThatIllegalArgumentException().isThrownBy(() -> framing.encodedSize(Bytes.ofUtf8("xabay")));
        // x a b + a b a: the delimiter is there from the second byte on
        assertThatIllegalArgumentException().isThrownBy(() -> framing.encodedSize(Bytes.ofUtf8("xab")));
        comesThroughHoweverCut(framing, List.of(Bytes.ofUtf8("xa"), Bytes.ofUtf8("abb"), Bytes.EMPTY));
    }

    @Test
    void linesComeThroughHoweverCut() {
        comesThroughHoweverCut(
                Framing.lines(300),
                List.of("", "a", "x".repeat(127), "\r in the middle", "näive €uro 😀", "y".repeat(300)));
    }

    @Test
    void linesEndInLfOrCrLf() {
        assertThat(FramingDriver.cuts(
                        Framing.lines(5), "one\r\ntwo\n\r\n\nfive5\r\n".getBytes(UTF_8), random, FramingDriver::frames))
                .allSatisfy(lines -> assertThat(lines).containsExactly("one", "two", "", "", "five5"));
    }

    @Test
    void aLineOverTheLimitIsRefusedBeforeItsEnd() {
        Framing<String> framing = Framing.lines(3);
        assertThat(driver(framing).feed("abc\r".getBytes(UTF_8)).frames()).isEmpty();
        assertThatExceptionOfType(LimitExceeded.class)
                .isThrownBy(() -> driver(framing).feed("abcd".getBytes(UTF_8)));
        assertThatExceptionOfType(LimitExceeded.class)
                .isThrownBy(() -> driver(framing).feed("abcd\n".getBytes(UTF_8)));
        assertThatExceptionOfType(LimitExceeded.class).isThrownBy(() -> framing.encodedSize("äb€"));
    }

    @Test
    void aLineThatIsNotUtf8BreaksTheProtocol() {
        assertThatExceptionOfType(ProtocolError.class)
                .isThrownBy(() -> driver(Framing.lines(10)).feed((byte) 'a', (byte) 0xC3, (byte) '\n'));
    }

    @Test
    void aLineThatWouldNotComeBackTheSameIsNotSent() {
        assertThatIllegalArgumentException().isThrownBy(() -> Framing.lines(10).encodedSize("a\nb"));
        assertThatIllegalArgumentException().isThrownBy(() -> Framing.lines(10).encodedSize("a\r"));
    }

    @Test
    void framesAtRandomComeThroughAtRandomCuts() {
        for (int round = 0; round < 30; round++) {
            List<Bytes> frames = random.ints(random.nextInt(1, 6), 0, 200)
                    .mapToObj(this::bytes)
                    .toList();
            comesThroughHoweverCut(Framing.lengthPrefix(2, 200), frames);
        }
    }

    @Test
    void limitsThatCannotBeAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Framing.lengthPrefix(3, 10));
        assertThatIllegalArgumentException().isThrownBy(() -> Framing.lengthPrefix(1, 256));
        assertThatIllegalArgumentException().isThrownBy(() -> Framing.lengthPrefix(2, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> Framing.delimiter(Bytes.EMPTY, 10));
        assertThatIllegalArgumentException().isThrownBy(() -> Framing.lines(-1));
    }

    /// Announces two bytes more than it writes.
    private static final class Boastful implements Framing<Bytes> {
        @Override
        public int decode(ByteBuffer input, int seen, Consumer<? super Bytes> output) {
            return input.remaining() + 1;
        }

        @Override
        public int encodedSize(Bytes frame) {
            return frame.size() + 2;
        }

        @Override
        public void encode(Bytes frame, ByteBuffer output) {
            frame.copyTo(output);
        }
    }

    @Test
    void aFramingThatLiesAboutSizesIsFoundOutBeforeOldBytesLeak() {
        assertThatIllegalStateException()
                .isThrownBy(() -> FramingDriver.encode(new Boastful(), List.of(bytes(3))))
                .withMessageContaining("encoded 3 bytes where it had announced 5");
        assertThatIllegalStateException()
                .isThrownBy(() -> driver(new Boastful()).feed((byte) 1));
    }
}
