package io.hawser.internal.websocket;

import io.hawser.ProtocolError;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// A message of which a part has come. It takes in payload as it arrives, inflated and checked, so that
/// nothing waits for the end of a frame, and no memory is taken for what was only announced.
///
/// Thread: the event loop.
final class Assembly {
    private static final int LEAST_BYTES = 512;

    final boolean isText;
    private final int maxBytes;
    private final @Nullable MessageInflater inflater;
    private final boolean isIgnored;
    private final ByteBuf payload;
    /// Where the check stands, behind what was taken.
    private int utf8 = Utf8Check.VALID;

    long frameLeft;
    int mask;
    boolean isLast;
    long sinceNanos;

    private Assembly(
            boolean isText,
            int maxBytes,
            @Nullable MessageInflater inflater,
            boolean isIgnored,
            ByteBuf payload,
            long nowNanos) {
        this.isText = isText;
        this.maxBytes = maxBytes;
        this.inflater = inflater;
        this.isIgnored = isIgnored;
        this.payload = payload;
        this.sinceNanos = nowNanos;
    }

    /// A message whose first frame has begun.
    ///
    /// @param available how much of it is there already
    static Assembly begin(
            boolean isText,
            int maxBytes,
            @Nullable MessageInflater inflater,
            ByteBufAllocator buffers,
            int available,
            long nowNanos) {
        ByteBuf payload = buffers.directBuffer(Math.max(LEAST_BYTES, 2 * available));
        return new Assembly(isText, maxBytes, inflater, false, payload, nowNanos);
    }

    /// A message that nobody will have.
    static Assembly ignored(ByteBuf empty, long nowNanos) {
        return new Assembly(false, Integer.MAX_VALUE, null, true, empty, nowNanos);
    }

    /// The next frame begins.
    ///
    /// @throws ProtocolError with 1009 if the message would be too long
    void frame(long bytes, int maskOfFrame, boolean last) {
        if (!isIgnored && inflater == null && payload.readableBytes() + bytes > maxBytes) throw tooBig(maxBytes);
        frameLeft = bytes;
        mask = maskOfFrame;
        isLast = last;
    }

    boolean isMidFrame() {
        return frameLeft > 0;
    }

    /// Takes `size` bytes, unmasked.
    ///
    /// @param view the same bytes, at `from`
    void take(ByteBuf in, int size, ByteBuffer view, int from) {
        frameLeft -= size;
        mask = Masking.after(mask, size);
        if (isIgnored) return;
        MessageInflater inflating = inflater;
        if (inflating == null) {
            if (isText) check(view, from, from + size);
            payload.writeBytes(in, in.readerIndex(), size);
        } else {
            int before = payload.writerIndex();
            inflating.inflate(view.slice(from, size), payload, maxBytes);
            checkFrom(before);
        }
    }

    /// The last frame is complete.
    ///
    /// @return the whole payload, which stays this assembly's
    ByteBuf finish() {
        if (inflater != null) {
            int before = payload.writerIndex();
            inflater.finish(payload, maxBytes);
            checkFrom(before);
        }
        if (utf8 != Utf8Check.VALID) throw badText();
        return payload;
    }

    private void checkFrom(int before) {
        int made = payload.writerIndex() - before;
        if (!isText || made == 0) return;
        ByteBuffer fresh = payload.internalNioBuffer(before, made);
        check(fresh, fresh.position(), fresh.limit());
    }

    private void check(ByteBuffer view, int from, int to) {
        utf8 = Utf8Check.check(utf8, view, from, to);
        if (utf8 == Utf8Check.BAD) throw badText();
    }

    boolean isIgnored() {
        return isIgnored;
    }

    @Nullable
    MessageInflater inflater() {
        return inflater;
    }

    int heldBytes() {
        return payload.capacity() + (inflater == null ? 0 : MessageInflater.NATIVE_BYTES);
    }

    void release() {
        payload.release();
    }

    static ProtocolError badText() {
        return new ProtocolError(CloseCode.BAD_DATA, "text that is not UTF-8", "RFC 6455, section 8.1");
    }

    static ProtocolError tooBig(int maxBytes) {
        return new ProtocolError(
                CloseCode.TOO_BIG, "a message of more than " + maxBytes + " bytes", "RFC 6455, section 7.4.1");
    }
}
