package io.hawser.internal.pipeline;

import static io.hawser.internal.pipeline.BoundPair.DATA;
import static io.hawser.internal.pipeline.BoundPair.LIMIT;
import static io.hawser.internal.pipeline.BoundPair.random;
import static io.hawser.internal.pipeline.BoundPair.repetitive;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.hawser.Bytes;
import io.hawser.ProtocolError;
import io.hawser.messaging.Compression;
import io.hawser.messaging.Pipeline;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CompressionTest {
    private static final int BOMB_BYTES = 64 << 20;

    @ParameterizedTest
    @EnumSource
    void whatShrinksGoesCompressedAndTheRestAsItIs(BlockFormat format) {
        BoundPipeline sender = BoundPair.of(pipeline(format)).client();
        assertThat(sender.outbound(DATA, repetitive(255))).isEqualTo(stored(repetitive(255)));
        Bytes compressed = sender.outbound(DATA, repetitive(256));
        assertThat(compressed.slice(0, 5)).isEqualTo(Bytes.ofHex("0100000100"));
        assertThat(compressed.size()).isLessThan(256);
        assertThat(sender.outbound(DATA, random(7, 5000))).isEqualTo(stored(random(7, 5000)));
    }

    @ParameterizedTest
    @EnumSource
    void aBombThatSaysWhatItIsIsRefusedBeforeItInflates(BlockFormat format) throws Exception {
        Bytes bomb = message(BOMB_BYTES, block(format, new byte[BOMB_BYTES]));
        assertThat(bomb.size()).isLessThan(LIMIT + 1);
        assertRefusedCheaply(format, bomb, 4012);
    }

    @ParameterizedTest
    @EnumSource
    void aBombThatLiesIsRefusedAtWhatItDeclares(BlockFormat format) throws Exception {
        Bytes block = block(format, new byte[BOMB_BYTES]);
        assertRefusedCheaply(format, message(10, block), 4004);
        assertRefusedCheaply(format, message(LIMIT, block), 4004);
    }

    @ParameterizedTest
    @EnumSource
    void aLengthThatIsNegativeAsAnIntIsOverTheLimit(BlockFormat format) throws Exception {
        assertRefusedCheaply(format, message(-1, block(format, new byte[10])), 4012);
    }

    @ParameterizedTest
    @EnumSource
    void theLimitItselfInflatesAndOneMoreDoesNot(BlockFormat format) throws Exception {
        BoundPair pair = BoundPair.of(pipeline(format));
        assertThat(pair.server().inbound(DATA, message(LIMIT, block(format, new byte[LIMIT]))))
                .isEqualTo(Bytes.wrap(new byte[LIMIT]));
        assertRefusedCheaply(format, message(LIMIT + 1, block(format, new byte[LIMIT + 1])), 4012);
    }

    @ParameterizedTest
    @EnumSource
    void aBlockThatIsNotAsLongAsItDeclaresIsRefused(BlockFormat format) {
        Bytes block = block(format, repetitive(1000).toArray());
        for (int declared : new int[] {0, 1, 999, 1001, 65536}) {
            assertThat(refusal(format, message(declared, block)).code())
                    .as("declared %d", declared)
                    .isEqualTo(4004);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyTruncationOfABlockIsRefusedAndSoIsAByteMore(BlockFormat format) {
        Bytes block = block(format, repetitive(300).toArray());
        for (int cut = 0; cut < block.size(); cut++) {
            assertThat(refusal(format, message(300, block.slice(0, cut))).code())
                    .as("cut after %d", cut)
                    .isEqualTo(4004);
        }
        assertThat(refusal(format, message(300, Bytes.concat(block, Bytes.ofHex("00"))))
                        .code())
                .isEqualTo(4004);
        assertThat(refusal(format, message(300, Bytes.concat(block, block))).code())
                .isEqualTo(4004);
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyFrameAfterTheFirstIsNotReadOver(BlockFormat format) {
        Bytes twice = Bytes.concat(block(format, repetitive(300).toArray()), block(format, new byte[0]));
        assertThat(refusal(format, message(300, twice)).code()).isEqualTo(4004);
    }

    @ParameterizedTest
    @EnumSource
    void noiseInPlaceOfABlockIsRefusedOrInflatesWithinItsBound(BlockFormat format) {
        int refused = 0;
        for (int seed = 0; seed < 500; seed++) {
            try {
                Bytes noise = message(seed, random(seed, 1 + seed % 50));
                assertThat(BoundPair.of(pipeline(format))
                                .server()
                                .inbound(DATA, noise)
                                .size())
                        .isEqualTo(seed);
            } catch (ProtocolError e) {
                assertThat(e.code()).isEqualTo(4004);
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(400);
    }

    @ParameterizedTest
    @CsvSource({"''", "02", "ff00", "01", "01000000"})
    void aMessageThatIsNeitherFormIsRefused(String hex) {
        assertThat(refusal(BlockFormat.DEFLATE, Bytes.ofHex(hex)).code()).isEqualTo(4004);
    }

    @Test
    void aSmallerMessageLimitBoundsInflationToo() {
        Pipeline pipeline = pipeline(BlockFormat.ZSTD);
        BoundPair pair = BoundPair.of(pipeline, pipeline, 1000, 0);
        assertThat(pair.toServer(repetitive(1000))).isEqualTo(repetitive(1000));
        assertThatThrownBy(() -> pair.server().inbound(DATA, message(1001, Bytes.ofHex("00"))))
                .hasMessageContaining("pipeline stage zstd: inflates over the limit of 1000 bytes");
    }

    @ParameterizedTest
    @CsvSource({"DEFLATE,0", "DEFLATE,10", "ZSTD,0", "ZSTD,20", "LZ4,-1", "LZ4,18"})
    void aLevelThatIsNoneIsRefused(BlockFormat format, int level) {
        assertThatThrownBy(() -> compression(format).withLevel(level))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("level of " + format.stageName());
    }

    @Test
    void aNegativeMinimumIsRefused() {
        assertThatThrownBy(() -> Compression.deflate().withMinBytes(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("minBytes");
    }

    private static void assertRefusedCheaply(BlockFormat format, Bytes wire, int code) throws Exception {
        BoundPair pair = BoundPair.of(pipeline(format));
        refusal(format, message(10, Bytes.EMPTY)); // loads the classes
        long before = allocatedBytes();
        ProtocolError refused = refusal(pair, wire);
        long allocated = allocatedBytes() - before;
        assertThat(refused.code()).isEqualTo(code);
        // The target, the block copied, and the exception.
        assertThat(allocated).isLessThan(2L * LIMIT + wire.size());
    }

    /// By reflection, as the module of Hawser, which the tests are compiled into, does not read `jdk.management`.
    private static long allocatedBytes() throws ReflectiveOperationException {
        Object threads = Class.forName("java.lang.management.ManagementFactory")
                .getMethod("getThreadMXBean")
                .invoke(null);
        return (long) Class.forName("com.sun.management.ThreadMXBean")
                .getMethod("getCurrentThreadAllocatedBytes")
                .invoke(threads);
    }

    private static ProtocolError refusal(BlockFormat format, Bytes wire) {
        return refusal(BoundPair.of(pipeline(format)), wire);
    }

    private static ProtocolError refusal(BoundPair pair, Bytes wire) {
        Throwable refused = catchThrowable(() -> pair.server().inbound(DATA, wire));
        assertThat(refused).isInstanceOf(ProtocolError.class);
        return (ProtocolError) refused;
    }

    private static Pipeline pipeline(BlockFormat format) {
        return Pipeline.of(compression(format));
    }

    private static Compression compression(BlockFormat format) {
        return switch (format) {
            case DEFLATE -> Compression.deflate();
            case ZSTD -> Compression.zstd();
            case LZ4 -> Compression.lz4();
        };
    }

    private static Bytes block(BlockFormat format, byte[] content) {
        byte[] target = new byte[content.length / 100 + 1000];
        int size = format.codec(format.defaultLevel()).compress(Bytes.wrap(content), target, 0);
        assertThat(size).isGreaterThan(0);
        return Bytes.wrap(target).slice(0, size);
    }

    private static Bytes message(int declared, Bytes block) {
        ByteBuffer header = ByteBuffer.allocate(5).put((byte) 1).putInt(declared);
        return Bytes.concat(Bytes.wrap(header.array()), block);
    }

    private static Bytes stored(Bytes payload) {
        return Bytes.concat(Bytes.ofHex("00"), payload);
    }
}
