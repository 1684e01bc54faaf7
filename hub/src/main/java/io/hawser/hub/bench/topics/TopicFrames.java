package io.hawser.hub.bench.topics;

import io.hawser.internal.cbor.CborValues;
import java.nio.ByteBuffer;
import java.util.Map;

/// The frames of MSGI that the load is made of, and what is read of those that come.
final class TopicFrames {
    static final int HEADER_BYTES = 10;
    static final int MAGIC = 0x4D534749;
    static final int PING = 0x0001;
    static final int PONG = 0x0002;
    static final int DATA = 0x0010;
    static final int CONTROL = 0x0020;
    static final int ERROR = 0x0030;
    static final int DISCONNECT = 0x0050;
    /// Number and moment of a message, which stand at the end of its payload and so of its frame.
    static final int STAMP_BYTES = 16;

    /// A map of one pair, `pub`.
    private static final long PUSH = 0xA163707562L;

    private TopicFrames() {}

    static ByteBuffer frame(int type, byte[] payload) {
        return ByteBuffer.allocate(HEADER_BYTES + payload.length)
                .putInt(MAGIC)
                .putInt(HEADER_BYTES + payload.length)
                .putShort((short) type)
                .put(payload)
                .flip();
    }

    static ByteBuffer request(int type, long id, String name, Map<String, Object> body) {
        return frame(type, CborValues.encode(Map.of("id", id, name, body)).toArray());
    }

    /// Whether a payload is a message of a topic; `in` is at its beginning.
    static boolean isPush(ByteBuffer in, int length) {
        int start = in.position();
        return length > STAMP_BYTES
                && (in.get(start) & 0xFFL) == PUSH >>> 32
                && (in.getInt(start + 1) & 0xFFFFFFFFL) == (PUSH & 0xFFFFFFFFL);
    }
}
