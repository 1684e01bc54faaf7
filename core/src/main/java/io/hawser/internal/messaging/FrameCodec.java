package io.hawser.internal.messaging;

import io.hawser.Bytes;
import io.hawser.ProtocolError;
import io.hawser.internal.pipeline.BlockCodec;
import io.hawser.internal.pipeline.BlockFormat;
import io.hawser.messaging.Codec;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Frames compressed with one codec: bit 15 of their type is set, and the payload is the size of what
/// it stands for in 32 bits and one block.
///
/// What a frame declares is checked against the limit before anything is allocated, and what it holds
/// against what it declares.
///
/// Source: docs/PROTOCOL.md, section 2
final class FrameCodec {
    static final int COMPRESSED = 0x8000;

    private static final int INFLATES_OVER_LIMIT = 4012;
    private static final int MIN_BYTES = 256;
    private static final String SOURCE = "MSGI, section 2";

    private final Codec codec;
    private final BlockCodec blocks;

    private FrameCodec(Codec codec, BlockCodec blocks) {
        this.codec = codec;
        this.blocks = blocks;
    }

    /// @throws io.hawser.StartupFailed if its library is absent
    static FrameCodec of(Codec codec) {
        BlockFormat format = BlockFormat.valueOf(codec.name());
        return new FrameCodec(codec, format.codec(format.defaultLevel()));
    }

    String wireName() {
        return codec.wireName();
    }

    /// The payload of a compressed frame, null where one that is not compressed is as short.
    @Nullable
    Bytes compressed(Bytes payload) {
        if (payload.size() < MIN_BYTES) return null;
        byte[] frame = new byte[payload.size() - 1];
        int size = blocks.compress(payload, frame, Integer.BYTES);
        if (size < 0) return null;
        ByteBuffer.wrap(frame).putInt(payload.size());
        return Bytes.wrap(Arrays.copyOf(frame, Integer.BYTES + size));
    }

    /// What the payload of a compressed frame stands for.
    Bytes inflated(Bytes payload, int maxBytes) {
        if (payload.size() < Integer.BYTES) throw malformed("no size");
        long declared = Integer.toUnsignedLong(payload.asByteBuffer().getInt(0));
        if (declared > maxBytes) {
            throw new ProtocolError(
                    INFLATES_OVER_LIMIT, "inflates to " + declared + " bytes: at most " + maxBytes, SOURCE);
        }
        byte[] inflated = new byte[(int) declared];
        if (!blocks.inflate(payload.slice(Integer.BYTES, payload.size()), inflated)) {
            throw malformed("does not inflate to the " + declared + " bytes that it declares");
        }
        return Bytes.wrap(inflated);
    }

    private ProtocolError malformed(String what) {
        return new ProtocolError(MsgiFraming.BAD_PAYLOAD, codec.wireName() + ": " + what, SOURCE);
    }
}
