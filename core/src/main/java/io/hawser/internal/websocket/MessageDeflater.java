package io.hawser.internal.websocket;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.zip.Deflater;

/// Deflates messages.
///
/// zlib, as the JDK offers it, looks back 32 KiB. Where a shorter window was agreed, the compressor forgets
/// everything each time it has taken in as much as fits that window, so it can refer to nothing before it.
///
/// Source: RFC 7692, section 7.2.1
final class MessageDeflater {
    private static final int FULL_WINDOW_BITS = 15;
    private static final int TAIL_BYTES = 4;
    private static final int LEAST_BYTES = 64;

    private final Deflater deflater;
    private final int windowBytes;
    private int sinceForgotten;

    MessageDeflater(int level, int windowBits) {
        this.deflater = new Deflater(level, true);
        this.windowBytes = windowBits == FULL_WINDOW_BITS ? Integer.MAX_VALUE : 1 << windowBits;
    }

    /// Appends what is left in `message`, compressed.
    void deflate(ByteBuffer message, ByteBuf to) {
        if (!message.hasRemaining()) {
            to.writeByte(0);
            return;
        }
        int end = message.limit();
        while (message.position() < end) {
            if (sinceForgotten >= windowBytes) forget();
            int size = Math.min(end - message.position(), windowBytes - sinceForgotten);
            if (windowBytes != Integer.MAX_VALUE) sinceForgotten += size;
            message.limit(message.position() + size);
            deflater.setInput(message);
            flush(size, to);
        }
        to.writerIndex(to.writerIndex() - TAIL_BYTES);
    }

    private void flush(int size, ByteBuf to) {
        int room = Math.max(LEAST_BYTES, size / 2);
        int made;
        do {
            to.ensureWritable(room);
            int offered = to.writableBytes();
            made = deflater.deflate(to.internalNioBuffer(to.writerIndex(), offered), Deflater.SYNC_FLUSH);
            to.writerIndex(to.writerIndex() + made);
            if (made < offered) return;
        } while (true);
    }

    /// Refers to nothing of the messages so far.
    void forget() {
        deflater.reset();
        sinceForgotten = 0;
    }

    void end() {
        deflater.end();
    }
}
