package io.hawser.internal.websocket;

import io.hawser.Bytes;
import io.hawser.internal.session.LentMessage;
import io.hawser.session.Message;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Writes frames: a server's plain, a client's masked; a message in several if it is longer than one may be.
///
/// Thread: the event loop's, or one that it carries.
///
/// Source: RFC 6455, sections 5.2 to 5.4
final class FrameWriter {
    private static final int DEFLATE_OVERHEAD_BYTES = 64;

    private final int fragmentBytes;
    private final @Nullable MaskSource masks;

    private FrameWriter(int fragmentBytes, @Nullable MaskSource masks) {
        this.fragmentBytes = fragmentBytes;
        this.masks = masks;
    }

    static FrameWriter ofServer(int fragmentBytes) {
        return new FrameWriter(fragmentBytes, null);
    }

    /// Thread: the event loop that it is for.
    static FrameWriter ofClient(int fragmentBytes) {
        return new FrameWriter(fragmentBytes, MaskSource.ofThisLoop());
    }

    /// How many bytes a message of that size becomes; compressed, it might be more.
    int messageBytes(int payloadBytes) {
        long frames = 1L + payloadBytes / fragmentBytes;
        return (int) Math.min(Integer.MAX_VALUE, payloadBytes + frames * FrameHeader.LARGEST);
    }

    void control(ControlFrame frame, ByteBuf to) {
        frame(FrameHeader.FIN | frame.opcode(), frame.payload(), to);
    }

    void message(Message message, ByteBuf to) {
        int opcode = message.isText() ? Opcode.TEXT : Opcode.BINARY;
        if (message.size() > fragmentBytes) {
            frames(opcode, message.bytes(), to);
        } else if (message instanceof LentMessage lent) {
            int mask = header(FrameHeader.FIN | opcode, lent.size(), to);
            int from = to.writerIndex();
            lent.writeTo(to);
            mask(mask, from, to);
        } else {
            frame(FrameHeader.FIN | opcode, message.bytes(), to);
        }
    }

    private void frames(int opcode, Bytes payload, ByteBuf to) {
        int first = opcode;
        for (int from = 0; from < payload.size(); from += fragmentBytes) {
            int end = Math.min(payload.size(), from + fragmentBytes);
            if (end == payload.size()) first |= FrameHeader.FIN;
            frame(first, payload.slice(from, end), to);
            first = Opcode.CONTINUATION;
        }
    }

    private void frame(int first, Bytes payload, ByteBuf to) {
        int size = payload.size();
        to.ensureWritable(FrameHeader.LARGEST + size);
        int mask = header(first, size, to);
        int from = to.writerIndex();
        payload.copyTo(to.internalNioBuffer(from, size));
        to.writerIndex(from + size);
        mask(mask, from, to);
    }

    /// Appends `message` compressed.
    ///
    /// @param forAll whether it refers to no other
    void compressed(Message message, Deflation deflation, boolean forAll, ByteBuf to) {
        ByteBuf deflated = to.alloc().directBuffer(message.size() / 2 + DEFLATE_OVERHEAD_BYTES);
        try {
            ByteBuffer payload = message.bytes().asByteBuffer();
            if (forAll) deflation.deflateForAll(payload, deflated);
            else deflation.deflate(payload, deflated);
            int first = (message.isText() ? Opcode.TEXT : Opcode.BINARY) | FrameHeader.COMPRESSED;
            do {
                int size = Math.min(fragmentBytes, deflated.readableBytes());
                if (size == deflated.readableBytes()) first |= FrameHeader.FIN;
                int mask = header(first, size, to);
                int from = to.writerIndex();
                to.writeBytes(deflated, size);
                mask(mask, from, to);
                first = Opcode.CONTINUATION;
            } while (deflated.isReadable());
        } finally {
            deflated.release();
        }
    }

    /// Appends a header, and the mask of a client.
    ///
    /// @return the mask, which is 0 for a server
    private int header(int first, int payloadBytes, ByteBuf to) {
        MaskSource source = masks;
        FrameHeader.write(to, first, payloadBytes, source != null);
        if (source == null) return 0;
        int mask = source.next();
        to.writeInt(mask);
        return mask;
    }

    private static void mask(int mask, int from, ByteBuf to) {
        int size = to.writerIndex() - from;
        if (mask == 0 || size == 0) return;
        ByteBuffer view = to.internalNioBuffer(from, size);
        Masking.apply(view, view.position(), view.limit(), mask);
    }
}
