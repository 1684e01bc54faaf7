package io.hawser.internal.websocket;

import io.hawser.ProtocolError;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Inflates messages as they arrive, and never beyond a bound.
///
/// Source: RFC 7692, section 7.2.2
final class MessageInflater {
    private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};
    private static final int LEAST_BYTES = 512;
    private static final int MOST_BYTES = 64 << 10;
    private static final int WINDOW_BYTES = 1 << 15;
    private static final int MOST_RESTARTS = 64;
    /// To go on after a final block costs about as much as to inflate so many bytes.
    private static final int RESTART_BYTES = 4 << 10;
    /// The least that a byte is taken to stand for: blocks without content cost, too.
    private static final int LEAST_RATIO = 4;

    /// What zlib keeps for one of them, about.
    static final int NATIVE_BYTES = 40 << 10;

    private final Inflater inflater = new Inflater(true);
    /// Within this message.
    private int restarts;
    private long spentBytes;

    /// Inflates what is left in `in` behind what is in `out`.
    ///
    /// @param maxBytes that `out` may hold in the end
    /// @throws ProtocolError with 1009 if it would be more, with 1007 if `in` is not deflate, with 1008 if it
    ///     has more final blocks than there is any use for
    void inflate(ByteBuffer in, ByteBuf out, int maxBytes) {
        inflater.setInput(in);
        int taken = in.remaining();
        int before = out.readableBytes();
        try {
            while (true) {
                int room = Math.min(MOST_BYTES, Math.max(LEAST_BYTES, 4 * in.remaining()));
                room = (int) Math.min(room, maxBytes + 1L - out.readableBytes());
                out.ensureWritable(room);
                int made = inflater.inflate(out.internalNioBuffer(out.writerIndex(), room));
                out.writerIndex(out.writerIndex() + made);
                if (out.readableBytes() > maxBytes) throw Assembly.tooBig(maxBytes);
                if (inflater.finished()) restart(in, out);
                else if (made == 0) return;
            }
        } catch (DataFormatException e) {
            throw new ProtocolError(
                    CloseCode.BAD_DATA,
                    "a message that does not inflate: " + e.getMessage(),
                    "RFC 7692, section 7.2.2");
        } finally {
            spentBytes += Math.max(out.readableBytes() - before, (long) LEAST_RATIO * taken);
        }
    }

    /// What was done since this was asked the last time, as so many bytes inflated.
    long takeSpentBytes() {
        long spent = spentBytes;
        spentBytes = 0;
        return spent;
    }

    /// A final block in the middle of a message: what follows refers to what came before it, as far as it is
    /// in `out`.
    private void restart(ByteBuffer in, ByteBuf out) {
        if (++restarts > MOST_RESTARTS) {
            throw new ProtocolError(
                    CloseCode.POLICY,
                    "more than " + MOST_RESTARTS + " final blocks in a message",
                    "RFC 7692, section 7.2.3.4");
        }
        inflater.reset();
        spentBytes += RESTART_BYTES;
        int known = Math.min(WINDOW_BYTES, out.readableBytes());
        spentBytes += known;
        if (known > 0) inflater.setDictionary(out.internalNioBuffer(out.writerIndex() - known, known));
        inflater.setInput(in);
    }

    /// The message ends here.
    void finish(ByteBuf out, int maxBytes) {
        inflate(ByteBuffer.wrap(TAIL), out, maxBytes);
        restarts = 0;
    }

    /// Forgets the messages so far.
    void forget() {
        inflater.reset();
        restarts = 0;
        spentBytes = 0;
    }

    void end() {
        inflater.end();
    }
}
