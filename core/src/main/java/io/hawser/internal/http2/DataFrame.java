package io.hawser.internal.http2;

import io.hawser.Bytes;
import io.netty.buffer.ByteBuf;

/// The DATA frames of one connection: one object for all, since each is written at once.
///
/// Thread: the event loop. Source: RFC 9113, section 6.1
final class DataFrame implements Frame {
    private Bytes content = Bytes.EMPTY;
    private int stream;
    private boolean isLast;

    Frame of(int on, Bytes piece, boolean last) {
        content = piece;
        stream = on;
        isLast = last;
        return this;
    }

    @Override
    public int sizeAround() {
        return FrameType.HEADER_BYTES + content.size();
    }

    @Override
    public void write(ByteBuf to) {
        int size = content.size();
        Frame.header(to, size, FrameType.DATA, isLast ? FrameType.END_STREAM : 0, stream);
        to.ensureWritable(size);
        content.copyTo(to.internalNioBuffer(to.writerIndex(), size));
        to.writerIndex(to.writerIndex() + size);
        content = Bytes.EMPTY;
    }
}
