package io.hawser.internal.websocket;

import io.hawser.Bytes;
import io.hawser.session.Message;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// What a frame costs without the network: reading the header and unmasking, and writing one.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class FrameBenchmark {
    private static final int MASK = 0x37FA_213D;

    @Param({"64", "4096"})
    private int payloadBytes;

    private ByteBuffer frame = ByteBuffer.allocate(0);
    private Message message = Message.binary(Bytes.EMPTY);
    private ByteBuf out = PooledByteBufAllocator.DEFAULT.directBuffer();
    private final FrameWriter writer = FrameWriter.ofServer(16 << 20);

    @Setup
    public void fill() {
        int header = FrameHeader.sizeFor(payloadBytes, true);
        frame = ByteBuffer.allocateDirect(header + payloadBytes);
        frame.put(0, (byte) (FrameHeader.FIN | Opcode.BINARY));
        if (payloadBytes < 126) frame.put(1, (byte) (0x80 | payloadBytes));
        else frame.put(1, (byte) (0x80 | 126)).putShort(2, (short) payloadBytes);
        frame.putInt(header - Integer.BYTES, MASK);
        message = Message.binary(Bytes.copyOf(new byte[payloadBytes]));
        out.ensureWritable(payloadBytes + FrameHeader.LARGEST);
    }

    @TearDown
    public void release() {
        out.release();
    }

    @Benchmark
    public long parseAndUnmask() {
        int header = FrameHeader.size(frame, 0, frame.capacity(), true, false);
        int length = (int) FrameHeader.payloadBytes(frame, 0);
        int mask = frame.getInt(header - Integer.BYTES);
        return Masking.apply(frame, header, header + length, mask);
    }

    @Benchmark
    public int write() {
        out.clear();
        writer.message(message, out);
        return out.writerIndex();
    }
}
