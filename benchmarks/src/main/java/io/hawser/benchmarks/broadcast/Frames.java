package io.hawser.benchmarks.broadcast;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Cuts what a WebSocket server sends into frames, wherever reads cut it.
///
/// Source: RFC 6455, section 5.2
final class Frames {
    /// What is told of each whole frame; its payload is in the buffer from `from` to `to`.
    interface Sink {
        void frame(int opcode, ByteBuffer in, int from, int to) throws BroadcastFailed;
    }

    static final int TEXT = 1;
    static final int CLOSE = 8;

    private static final int MASK = 0x37FA_213D;
    private static final int MAX_SHORT = 125;
    private static final int LENGTH_16 = 126;
    private static final byte[] NOTHING = new byte[0];

    private byte[] rest = NOTHING;

    /// What has come of a frame that is not whole yet, at the beginning of `in`; more is read behind it.
    void restore(ByteBuffer in) {
        in.clear().put(rest);
    }

    /// Tells `sink` of the whole frames between 0 and the position of `in`, and keeps what is left.
    void cut(ByteBuffer in, Sink sink) throws BroadcastFailed {
        int end = in.position();
        int at = 0;
        while (end - at >= 2) {
            int length = in.get(at + 1) & 0xFF;
            int header = length == LENGTH_16 ? 4 : 2;
            if (length > LENGTH_16) throw new BroadcastFailed("a frame that is longer than any should be");
            if (end - at < header) break;
            if (length == LENGTH_16) length = in.getShort(at + 2) & 0xFFFF;
            if (end - at < header + length) break;
            sink.frame(in.get(at) & 0xF, in, at + header, at + header + length);
            at += header + length;
        }
        if (at == end) {
            rest = NOTHING;
            return;
        }
        rest = new byte[end - at];
        in.get(at, rest);
    }

    /// A whole text message of a client.
    static ByteBuffer text(String text) {
        byte[] payload = text.getBytes(ISO_8859_1);
        var frame = ByteBuffer.allocate(payload.length + 8).put((byte) (0x80 | TEXT));
        if (payload.length <= MAX_SHORT) frame.put((byte) (0x80 | payload.length));
        else frame.put((byte) (0x80 | LENGTH_16)).putShort((short) payload.length);
        frame.putInt(MASK);
        for (int i = 0; i < payload.length; i++) frame.put((byte) (payload[i] ^ (MASK >>> (24 - 8 * (i & 3)))));
        return ByteBuffer.wrap(Arrays.copyOf(frame.array(), frame.position()));
    }
}
