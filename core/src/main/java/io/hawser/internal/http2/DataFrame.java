package io.hawser.internal.http2;

import io.hawser.Bytes;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// The DATA frames of one connection: one object for all, since each is written at once.
///
/// Thread: the event loop. Source: RFC 9113, section 6.1
final class DataFrame implements Frame {
    private Bytes content = Bytes.EMPTY;
    private @Nullable ByteBuf buffer;
    private int size;
    private int stream;
    private boolean isLast;

    Frame of(int on, Bytes piece, boolean last) {
        content = piece;
        size = piece.size();
        stream = on;
        isLast = last;
        return this;
    }

    /// @param piece of which it takes the next `count` bytes
    Frame of(int on, ByteBuf piece, int count) {
        buffer = piece;
        size = count;
        stream = on;
        isLast = false;
        return this;
    }

    @Override
    public int sizeAround() {
        return FrameType.HEADER_BYTES + size;
    }

    @Override
    public void write(ByteBuf to) {
        Frame.header(to, size, FrameType.DATA, isLast ? FrameType.END_STREAM : 0, stream);
        ByteBuf from = buffer;
        if (from != null) {
            buffer = null;
            to.writeBytes(from, size);
            return;
        }
        to.ensureWritable(size);
        content.copyTo(to.internalNioBuffer(to.writerIndex(), size));
        to.writerIndex(to.writerIndex() + size);
        content = Bytes.EMPTY;
    }
}
