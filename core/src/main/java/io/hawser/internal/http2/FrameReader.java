package io.hawser.internal.http2;

import io.hawser.ProtocolError;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads the frames of one connection and checks what each must keep to by itself.
///
/// DATA is passed on as it comes, so a slow sender's progress is seen and nothing is copied twice; every
/// other frame is read when it is whole. The frames of one header block become one call.
///
/// Thread: the event loop. Source: RFC 9113, sections 3.4, 4 and 6
final class FrameReader {
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    static final int PREFACE_BYTES = PREFACE.length;
    private static final int MAX_CONTINUATIONS = 32;
    private static final int MAX_BLOCK_BYTES = 64 << 10;

    private final FrameHandler to;
    private final ByteBufAllocator buffers;
    private boolean isPrefaced;
    private boolean hasBegun;

    private int dataStream;
    private int dataLeft;
    private int paddingLeft;
    private boolean isDataLast;

    private @Nullable ByteBuf block;
    private int blockStream;
    private int continuations;
    private boolean endsStream;
    private boolean dependsOnItself;

    /// @param prefaced whether no preface comes before the first frame, as from a server
    FrameReader(FrameHandler to, ByteBufAllocator buffers, boolean prefaced) {
        this.to = to;
        this.buffers = buffers;
        this.isPrefaced = prefaced;
    }

    /// Whether `first` begins as a connection of HTTP/2 does, as far as it goes.
    static boolean mayBegin(ByteBuf first) {
        int count = Math.min(first.readableBytes(), PREFACE.length);
        for (int i = 0; i < count; i++) {
            if (first.getByte(first.readerIndex() + i) != PREFACE[i]) return false;
        }
        return true;
    }

    static boolean begins(ByteBuf first) {
        return first.readableBytes() >= PREFACE.length && mayBegin(first);
    }

    /// Reads one frame, or what has come of a DATA frame.
    ///
    /// @return false if there is not enough to go on
    boolean read(ByteBuf in) {
        if (!isPrefaced && !preface(in)) return false;
        if (dataLeft > 0 || paddingLeft > 0) return dataGoesOn(in);
        if (in.readableBytes() < FrameType.HEADER_BYTES) return false;
        int at = in.readerIndex();
        int length = in.getUnsignedMedium(at);
        int type = in.getUnsignedByte(at + 3);
        int flags = in.getUnsignedByte(at + 4);
        int stream = in.getInt(at + 5) & Integer.MAX_VALUE;
        if (length > FrameType.MAX_PAYLOAD_BYTES) throw badSize("a frame of " + length + " bytes");
        if (block != null && (type != FrameType.CONTINUATION || stream != blockStream)) {
            throw bad("a header block that is interrupted", "6.10");
        }
        if (!hasBegun && (type != FrameType.SETTINGS || (flags & FrameType.ACK) != 0)) {
            throw bad("a connection that does not begin with its settings", "3.4");
        }
        hasBegun = true;
        if (type == FrameType.DATA) return data(in, length, flags, stream);
        if (in.readableBytes() < FrameType.HEADER_BYTES + length) return false;
        in.skipBytes(FrameType.HEADER_BYTES);
        int end = in.readerIndex() + length;
        whole(in, length, type, flags, stream);
        in.readerIndex(end);
        return true;
    }

    private boolean preface(ByteBuf in) {
        if (!mayBegin(in)) throw bad("no preface", "3.4");
        if (in.readableBytes() < PREFACE.length) return false;
        in.skipBytes(PREFACE.length);
        isPrefaced = true;
        return true;
    }

    /// Whether the peer has begun as it must.
    boolean hasBegun() {
        return hasBegun;
    }

    /// Whether a header block has begun and not ended.
    boolean isInBlock() {
        return block != null;
    }

    private boolean data(ByteBuf in, int length, int flags, int stream) {
        if (stream == 0) throw bad("DATA on no stream", "6.1");
        boolean isPadded = (flags & FrameType.PADDED) != 0;
        if (isPadded && length == 0) throw badSize("padding without its length");
        if (isPadded && in.readableBytes() == FrameType.HEADER_BYTES) return false;
        in.skipBytes(FrameType.HEADER_BYTES);
        int padding = isPadded ? in.readUnsignedByte() : 0;
        int content = length - (isPadded ? 1 : 0) - padding;
        if (content < 0) throw bad("padding of the whole frame or more", "6.1");
        dataStream = stream;
        dataLeft = content;
        paddingLeft = padding;
        isDataLast = (flags & FrameType.END_STREAM) != 0;
        to.dataBegins(stream, length, content, isDataLast);
        if (content > 0 || padding > 0) return in.isReadable() && dataGoesOn(in);
        endData();
        return true;
    }

    private boolean dataGoesOn(ByteBuf in) {
        int count = Math.min(dataLeft, in.readableBytes());
        if (count > 0) {
            dataLeft -= count;
            int end = in.readerIndex() + count;
            to.data(dataStream, in, count);
            in.readerIndex(end);
        }
        int padding = Math.min(paddingLeft, in.readableBytes());
        in.skipBytes(padding);
        paddingLeft -= padding;
        if (dataLeft > 0 || paddingLeft > 0) return false;
        endData();
        return true;
    }

    private void endData() {
        if (isDataLast) to.dataEnds(dataStream);
    }

    private void whole(ByteBuf in, int length, int type, int flags, int stream) {
        switch (type) {
            case FrameType.HEADERS -> headers(in, length, flags, stream);
            case FrameType.PRIORITY -> priority(in, length, stream);
            case FrameType.RST_STREAM -> {
                if (stream == 0) throw bad("RST_STREAM on no stream", "6.4");
                if (length != 4) throw badSize("RST_STREAM of " + length + " bytes");
                to.reset(stream, in.readInt());
            }
            case FrameType.SETTINGS -> settings(in, length, flags, stream);
            case FrameType.PUSH_PROMISE -> throw bad("PUSH_PROMISE from a client", "8.4");
            case FrameType.PING -> {
                if (stream != 0) throw bad("PING on a stream", "6.7");
                if (length != 8) throw badSize("PING of " + length + " bytes");
                if ((flags & FrameType.ACK) != 0) to.pong(in.readLong());
                else to.ping(in.readLong());
            }
            case FrameType.GOAWAY -> {
                if (stream != 0) throw bad("GOAWAY on a stream", "6.8");
                if (length < 8) throw badSize("GOAWAY of " + length + " bytes");
                to.goAway(in.readInt() & Integer.MAX_VALUE, in.readInt());
            }
            case FrameType.WINDOW_UPDATE -> windowUpdate(in, length, stream);
            case FrameType.CONTINUATION -> continuation(in, length, flags);
            default -> to.ignored(stream);
        }
    }

    private void headers(ByteBuf in, int length, int flags, int stream) {
        if (stream == 0) throw bad("HEADERS on no stream", "6.2");
        boolean hasPriority = (flags & FrameType.WITH_PRIORITY) != 0;
        boolean isPadded = (flags & FrameType.PADDED) != 0;
        int beside = (isPadded ? 1 : 0) + (hasPriority ? 5 : 0);
        if (length < beside) throw badSize("HEADERS of " + length + " bytes");
        int padding = isPadded ? in.readUnsignedByte() : 0;
        if (padding > length - beside) throw bad("padding of the whole frame or more", "6.2");
        dependsOnItself = false;
        if (hasPriority) {
            dependsOnItself = (in.readInt() & Integer.MAX_VALUE) == stream;
            in.skipBytes(1);
        }
        endsStream = (flags & FrameType.END_STREAM) != 0;
        int count = length - beside - padding;
        if ((flags & FrameType.END_HEADERS) == 0) {
            blockStream = stream;
            continuations = 0;
            block = buffers.buffer(Math.max(256, 2 * count)).writeBytes(in, count);
            return;
        }
        int end = in.writerIndex();
        in.writerIndex(in.readerIndex() + count);
        try {
            to.headers(stream, in, endsStream, dependsOnItself);
        } finally {
            in.writerIndex(end);
        }
    }

    private void continuation(ByteBuf in, int length, int flags) {
        ByteBuf whole = block;
        if (whole == null) throw bad("a continuation of nothing", "6.10");
        if (++continuations > MAX_CONTINUATIONS || whole.readableBytes() + length > MAX_BLOCK_BYTES) {
            throw ErrorCode.connection(ErrorCode.ENHANCE_YOUR_CALM, "an endless header block", "10.5.1");
        }
        whole.writeBytes(in, length);
        if ((flags & FrameType.END_HEADERS) == 0) return;
        block = null;
        try {
            to.headers(blockStream, whole, endsStream, dependsOnItself);
        } finally {
            whole.release();
        }
    }

    private void priority(ByteBuf in, int length, int stream) {
        if (stream == 0) throw bad("PRIORITY on no stream", "6.3");
        if (length != 5) to.streamError(stream, ErrorCode.FRAME_SIZE_ERROR);
        else if ((in.readInt() & Integer.MAX_VALUE) == stream) to.streamError(stream, ErrorCode.PROTOCOL_ERROR);
        else to.ignored(stream);
    }

    private void settings(ByteBuf in, int length, int flags, int stream) {
        if (stream != 0) throw bad("SETTINGS on a stream", "6.5");
        boolean isAck = (flags & FrameType.ACK) != 0;
        if (length % 6 != 0 || (isAck && length != 0)) throw badSize("SETTINGS of " + length + " bytes");
        if (isAck) {
            to.settingsAcknowledged();
            return;
        }
        for (int left = length; left > 0; left -= 6) to.setting(in.readUnsignedShort(), in.readUnsignedInt());
        to.settingsEnd();
    }

    private void windowUpdate(ByteBuf in, int length, int stream) {
        if (length != 4) throw badSize("WINDOW_UPDATE of " + length + " bytes");
        int increment = in.readInt() & Integer.MAX_VALUE;
        if (increment > 0) to.windowUpdate(stream, increment);
        else if (stream == 0) throw bad("a window that grows by nothing", "6.9");
        else to.streamError(stream, ErrorCode.PROTOCOL_ERROR);
    }

    /// Forgets what is unfinished.
    void release() {
        ByteBuf unfinished = block;
        block = null;
        if (unfinished != null) unfinished.release();
    }

    private static ProtocolError bad(String what, String section) {
        return ErrorCode.connection(ErrorCode.PROTOCOL_ERROR, what, section);
    }

    private static ProtocolError badSize(String what) {
        return ErrorCode.connection(ErrorCode.FRAME_SIZE_ERROR, what, "4.2");
    }
}
