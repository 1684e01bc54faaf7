package io.hawser.internal.websocket;

import io.hawser.benchmarks.jmh.SameWork;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
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

/// How dear is unmasking, which also tells whether a text is ASCII, beside Netty's, which does not, and
/// beside a loop over the bytes?
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class MaskingBenchmark {
    private static final int MASK = 0x37FA_213D;
    private static final int SEED = 6455;

    /// The odd one has a rest of seven bytes behind the last whole word.
    @Param({"64", "127", "4096"})
    private int payloadBytes;

    private final WebSocket13FrameDecoder decoder = new WebSocket13FrameDecoder(true, false, 1 << 16);
    private ByteBuf payload = Unpooled.EMPTY_BUFFER;
    private ByteBuffer view = ByteBuffer.allocate(0);

    @Setup
    public void fill() {
        byte[] random = new byte[payloadBytes];
        new SplittableRandom(SEED).nextBytes(random);
        payload = Unpooled.directBuffer(payloadBytes).writeBytes(random);
        view = payload.nioBuffer();
        hawser();
        String ours = ByteBufUtil.hexDump(payload);
        hawser();
        var _ = netty();
        SameWork.require("unmasked as by Netty", ours, ByteBufUtil.hexDump(payload));
        var _ = netty();
        var _ = byteByByte();
        SameWork.require("unmasked as byte by byte", ours, ByteBufUtil.hexDump(payload));
    }

    @TearDown
    public void release() {
        payload.release();
    }

    @Benchmark
    public long hawser() {
        return Masking.apply(view, 0, payloadBytes, MASK);
    }

    @Benchmark
    public ByteBuf netty() {
        NettyInside.unmask(decoder, MASK, payload);
        return payload;
    }

    @Benchmark
    public ByteBuffer byteByByte() {
        for (int i = 0; i < payloadBytes; i++) view.put(i, (byte) (view.get(i) ^ (MASK >>> (24 - 8 * (i & 3)))));
        return view;
    }
}
