package io.hawser.internal.websocket;

import io.hawser.Bytes;
import io.hawser.benchmarks.jmh.SameWork;
import io.hawser.internal.session.LentMessage;
import io.hawser.session.Message;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.util.ReferenceCountUtil;
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

/// How dear is a frame, read with its mask and written with and without one, beside Netty's codec?
///
/// Ours reads it where it lies, lent to a handler on the event loop or copied for one elsewhere; Netty's
/// copies it to a buffer. Ours writes it into the buffer of its turn; Netty's makes a list of buffers, in
/// which a long payload is as it was.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class FrameBenchmark {
    private static final int MAX_BYTES = 1 << 16;

    @Param({"64", "4096"})
    private int payloadBytes;

    private final FrameWriter server = FrameWriter.ofServer(MAX_BYTES);
    private final FrameWriter client = FrameWriter.ofClient(MAX_BYTES);
    private final Decoder nettyDecoder = new Decoder();
    private final Encoder nettyServer = new Encoder(false);
    private final Encoder nettyClient = new Encoder(true);
    private final EmbeddedChannel channel = new EmbeddedChannel(new ChannelInboundHandlerAdapter());
    private final ChannelHandlerContext context = channel.pipeline().firstContext();
    private final ByteBuf frame = PooledByteBufAllocator.DEFAULT.directBuffer(MAX_BYTES);
    private final ByteBuf out = PooledByteBufAllocator.DEFAULT.directBuffer(MAX_BYTES);
    private ByteBuffer view = ByteBuffer.allocate(0);
    private ByteBuf payload = Unpooled.EMPTY_BUFFER;
    private Message message = Message.binary(Bytes.EMPTY);

    /// What is protected in Netty's handler, without the handler.
    private static final class Decoder extends WebSocket13FrameDecoder {
        private final List<Object> read = new ArrayList<>();

        Decoder() {
            super(true, false, MAX_BYTES);
        }

        Object read(ChannelHandlerContext context, ByteBuf in) throws Exception {
            read.clear();
            decode(context, in, read);
            return read.getFirst();
        }
    }

    private static final class Encoder extends WebSocket13FrameEncoder {
        private final List<Object> written = new ArrayList<>();

        Encoder(boolean masks) {
            super(masks);
        }

        List<Object> write(ChannelHandlerContext context, BinaryWebSocketFrame frame) throws Exception {
            written.clear();
            encode(context, frame, written);
            return written;
        }
    }

    @Setup
    public void fill() throws Exception {
        message = Message.binary(Bytes.copyOf(new byte[payloadBytes]));
        payload = Unpooled.directBuffer(payloadBytes).writeZero(payloadBytes);
        client.message(message, frame);
        view = frame.nioBuffer();

        var theirs = (BinaryWebSocketFrame) nettyDecoder.read(context, frame.readerIndex(0));
        Bytes read = Bytes.wrap(ByteBufUtil.getBytes(theirs.content()));
        theirs.release();
        SameWork.require("read", read().bytes(), read);
        var _ = read(); // which masks it again
        SameWork.require("kept", readAndKeep().bytes(), read);

        write();
        SameWork.require("written", ByteBufUtil.hexDump(out), hexDump(nettyServer));
        writeMasked();
        int header = FrameHeader.sizeFor(payloadBytes, true);
        SameWork.require(
                "written with a mask", out.readableBytes(), hexDump(nettyClient).length() / 2);
        SameWork.require("of that length", out.readableBytes(), header + payloadBytes);
    }

    private String hexDump(Encoder encoder) throws Exception {
        var all = new StringBuilder();
        for (Object buffer : encoder.write(context, new BinaryWebSocketFrame(payload.readerIndex(0)))) {
            all.append(ByteBufUtil.hexDump((ByteBuf) buffer));
            ReferenceCountUtil.release(buffer);
        }
        return all.toString();
    }

    @TearDown
    public void release() {
        frame.release();
        out.release();
        payload.release();
        channel.finishAndReleaseAll();
    }

    /// As a whole message is read, for a handler on the event loop.
    @Benchmark
    public Message read() {
        int header = FrameHeader.size(view, 0, view.limit(), true, false);
        int size = (int) FrameHeader.payloadBytes(view, 0);
        Masking.apply(view, header, header + size, view.getInt(header - Integer.BYTES));
        return new LentMessage(false, frame, header, size);
    }

    /// For a handler elsewhere.
    @Benchmark
    public Message readAndKeep() {
        return ((LentMessage) read()).keep();
    }

    @Benchmark
    public Object nettyReads() throws Exception {
        Object read = nettyDecoder.read(context, frame.readerIndex(0));
        ReferenceCountUtil.release(read);
        return read;
    }

    @Benchmark
    public int write() {
        server.message(message, out.clear());
        return out.writerIndex();
    }

    @Benchmark
    public int nettyWrites() throws Exception {
        return nettyWrites(nettyServer);
    }

    @Benchmark
    public int writeMasked() {
        client.message(message, out.clear());
        return out.writerIndex();
    }

    @Benchmark
    public int nettyWritesMasked() throws Exception {
        return nettyWrites(nettyClient);
    }

    private int nettyWrites(Encoder encoder) throws Exception {
        int bytes = 0;
        List<Object> written = encoder.write(context, new BinaryWebSocketFrame(payload.readerIndex(0)));
        for (int i = 0; i < written.size(); i++) {
            var buffer = (ByteBuf) written.get(i);
            bytes += buffer.readableBytes();
            buffer.release();
        }
        return bytes;
    }
}
