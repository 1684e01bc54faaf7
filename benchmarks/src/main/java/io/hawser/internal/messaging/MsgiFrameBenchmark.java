package io.hawser.internal.messaging;

import io.hawser.Bytes;
import io.hawser.messaging.Frame;
import io.hawser.messaging.FrameType;
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
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/// What a frame of MSGI costs without the network: to know where it ends, to read it, to write it.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class MsgiFrameBenchmark {
    private static final int MAX_PAYLOAD_BYTES = 1 << 20;

    @Param({"64", "1024"})
    private int payloadBytes;

    private final MsgiFraming framing = MsgiFraming.of(MAX_PAYLOAD_BYTES);
    private ByteBuffer frame = ByteBuffer.allocate(0);
    private ByteBuffer out = ByteBuffer.allocate(0);
    private Bytes payload = Bytes.EMPTY;

    @Setup
    public void fill() {
        payload = Bytes.copyOf(new byte[payloadBytes]);
        int size = Frame.HEADER_BYTES + payloadBytes;
        out = ByteBuffer.allocateDirect(size);
        frame = ByteBuffer.allocateDirect(size);
        MsgiFraming.encode(FrameType.DATA.code(), payload, frame);
        frame.clear();
    }

    /// What an echo that does not block needs: its message is lent to it where it lies.
    @Benchmark
    public int frameSize() {
        return framing.frameSize(frame);
    }

    /// With a copy that whoever gets it may keep.
    @Benchmark
    public int decode(Blackhole hole) {
        return framing.decode(frame.clear(), 0, hole::consume);
    }

    @Benchmark
    public ByteBuffer encode() {
        MsgiFraming.encode(FrameType.DATA.code(), payload, out.clear());
        return out;
    }
}
