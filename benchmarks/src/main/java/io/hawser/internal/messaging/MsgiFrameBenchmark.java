package io.hawser.internal.messaging;

import io.hawser.Bytes;
import io.hawser.benchmarks.jmh.SameWork;
import io.hawser.messaging.Frame;
import io.hawser.messaging.FrameType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
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
import org.openjdk.jmh.infra.Blackhole;

/// How dear is a frame of MSGI to read, beside Netty's decoder of frames with a length, and to write?
///
/// Ours checks magic, length, type and the limit of that type; Netty's checks the length alone, and makes a
/// slice of what was read.
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
    private final Lengths netty = new Lengths();
    private final EmbeddedChannel channel = new EmbeddedChannel(new ChannelInboundHandlerAdapter());
    private final ChannelHandlerContext context = channel.pipeline().firstContext();
    private ByteBuf frame = Unpooled.EMPTY_BUFFER;
    private ByteBuffer view = ByteBuffer.allocate(0);
    private ByteBuffer out = ByteBuffer.allocate(0);
    private Bytes payload = Bytes.EMPTY;

    /// What is protected in Netty's handler, without the handler.
    private static final class Lengths extends LengthFieldBasedFrameDecoder {
        Lengths() {
            super(MAX_PAYLOAD_BYTES + Frame.HEADER_BYTES, 4, 4, -MsgiFraming.TYPE_AT, 0);
        }

        ByteBuf read(ChannelHandlerContext context, ByteBuf in) throws Exception {
            return (ByteBuf) decode(context, in);
        }
    }

    @Setup
    public void fill() throws Exception {
        byte[] content = new byte[payloadBytes];
        for (int i = 0; i < payloadBytes; i++) content[i] = (byte) i;
        payload = Bytes.wrap(content);
        int size = Frame.HEADER_BYTES + payloadBytes;
        out = ByteBuffer.allocateDirect(size);
        frame = Unpooled.directBuffer(size).writeBytes(encode().flip());
        view = frame.nioBuffer();

        ByteBuf theirs = netty.read(context, frame);
        SameWork.require("size", frameSize(), theirs.readableBytes());
        Bytes read = Bytes.wrap(ByteBufUtil.getBytes(theirs.skipBytes(Frame.HEADER_BYTES)));
        theirs.release();
        List<Frame> ours = new ArrayList<>();
        framing.decode(view.duplicate(), 0, ours::add);
        SameWork.require("frames", ours, List.of(new Frame(FrameType.DATA, read)));
    }

    @TearDown
    public void release() {
        frame.release();
        channel.finishAndReleaseAll();
    }

    /// What an echo that does not block needs: its message is lent to it where it lies.
    @Benchmark
    public int frameSize() {
        return framing.frameSize(view);
    }

    /// With a copy that whoever gets it may keep.
    @Benchmark
    public int decode(Blackhole hole) {
        return framing.decode(view.clear(), 0, hole::consume);
    }

    @Benchmark
    public ByteBuf nettyDecodes() throws Exception {
        ByteBuf slice = netty.read(context, frame.readerIndex(0));
        slice.release();
        return slice;
    }

    @Benchmark
    public ByteBuffer encode() {
        MsgiFraming.encode(FrameType.DATA.code(), payload, out.clear());
        return out;
    }
}
