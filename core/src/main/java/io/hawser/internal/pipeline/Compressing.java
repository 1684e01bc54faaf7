package io.hawser.internal.pipeline;

import io.hawser.Bytes;
import io.hawser.messaging.Transform;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// Compresses what is sent, where that makes it smaller.
///
/// Shape: 0 and the payload; or 1, the size of the payload in 32 bits, and the block
public final class Compressing implements Transform {
    public static final int MAX_OVERHEAD_BYTES = 1;

    static final byte STORED = 0;
    static final byte COMPRESSED = 1;
    static final int BLOCK_AT = 1 + Integer.BYTES;

    private final BlockCodec codec;
    private final int minBytes;

    public Compressing(BlockCodec codec, int minBytes) {
        this.codec = codec;
        this.minBytes = minBytes;
    }

    @Override
    public Bytes apply(int frameType, long sequence, Bytes payload) {
        if (payload.size() < minBytes || payload.size() <= BLOCK_AT) return stored(payload);
        // As large as the payload alone: what does not fit is not smaller than the stored form.
        byte[] message = new byte[payload.size()];
        int size = codec.compress(payload, message, BLOCK_AT);
        if (size < 0) return stored(payload);
        message[0] = COMPRESSED;
        ByteBuffer.wrap(message).putInt(1, payload.size());
        return Bytes.wrap(Arrays.copyOf(message, BLOCK_AT + size));
    }

    private static Bytes stored(Bytes payload) {
        byte[] message = new byte[1 + payload.size()];
        message[0] = STORED;
        payload.copyTo(message, 1);
        return Bytes.wrap(message);
    }
}
