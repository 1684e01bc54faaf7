package io.hawser.benchmarks.jmh;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// How to read and write the ten bytes of an MSGI header: field by field, or magic and length as one long?
///
/// A decoder does it for every frame, in the buffer that the transport fills, so bounds checks and the like count.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class MsgiHeaderBenchmark {
    private static final int MAGIC = 0x4D534749;
    private static final int DATA = 0x0010;
    private static final int HEADER_BYTES = 10;
    private static final int FRAMES = 64;
    private static final int FRAME_BYTES = HEADER_BYTES + 54;

    private ByteBuffer jdk = ByteBuffer.allocateDirect(FRAMES * FRAME_BYTES);
    private ByteBuf netty = PooledByteBufAllocator.DEFAULT.directBuffer(FRAMES * FRAME_BYTES);
    private int at;

    /// Frames of one size, side by side as one read would bring them.
    @Setup(Level.Trial)
    public void fill() {
        for (int i = 0; i < FRAMES; i++) {
            int index = i * FRAME_BYTES;
            jdk.putInt(index, MAGIC).putInt(index + 4, FRAME_BYTES).putShort(index + 8, (short) DATA);
            netty.setInt(index, MAGIC).setInt(index + 4, FRAME_BYTES).setShort(index + 8, DATA);
        }
    }

    @TearDown
    public void release() {
        netty.release();
    }

    private int next() {
        at = at == (FRAMES - 1) * FRAME_BYTES ? 0 : at + FRAME_BYTES;
        return at;
    }

    @Benchmark
    public int decodeFieldsJdk() {
        int index = next();
        if (jdk.getInt(index) != MAGIC) return -1;
        return jdk.getInt(index + 4) + jdk.getShort(index + 8);
    }

    @Benchmark
    public int decodeLongJdk() {
        int index = next();
        long magicAndLength = jdk.getLong(index);
        if (magicAndLength >>> 32 != MAGIC) return -1;
        return (int) magicAndLength + jdk.getShort(index + 8);
    }

    @Benchmark
    public int decodeFieldsNetty() {
        int index = next();
        if (netty.getInt(index) != MAGIC) return -1;
        return netty.getInt(index + 4) + netty.getShort(index + 8);
    }

    @Benchmark
    public int decodeLongNetty() {
        int index = next();
        long magicAndLength = netty.getLong(index);
        if (magicAndLength >>> 32 != MAGIC) return -1;
        return (int) magicAndLength + netty.getShort(index + 8);
    }

    @Benchmark
    public ByteBuf encodeFieldsNetty() {
        int index = next();
        return netty.setInt(index, MAGIC).setInt(index + 4, FRAME_BYTES).setShort(index + 8, DATA);
    }

    @Benchmark
    public ByteBuf encodeLongNetty() {
        int index = next();
        return netty.setLong(index, (long) MAGIC << 32 | FRAME_BYTES).setShort(index + 8, DATA);
    }
}
