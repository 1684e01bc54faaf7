package io.hawser.internal.messaging;

import io.hawser.Bytes;
import io.hawser.ProtocolError;
import io.hawser.StartupFailed;
import io.hawser.internal.pipeline.BlockCodec;
import io.hawser.internal.pipeline.BlockFormat;
import io.hawser.messaging.Codec;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    private static final Logger LOG = LoggerFactory.getLogger(FrameCodec.class);

    private final Codec codec;
    private final BlockFormat format;
    private volatile @Nullable BlockCodec loaded;

    private FrameCodec(Codec codec, BlockFormat format) {
        this.codec = codec;
        this.format = format;
    }

    /// One whose library is loaded when it is needed.
    ///
    /// @throws StartupFailed if its library is absent
    static FrameCodec of(Codec codec) {
        BlockFormat format = BlockFormat.valueOf(codec.name());
        format.requirePresent();
        return new FrameCodec(codec, format);
    }

    /// Whether it can be used: loads its library, if nobody has.
    boolean isUsable() {
        if (loaded != null) return true;
        try {
            var _ = blocks();
            return true;
        } catch (StartupFailed broken) {
            LOG.warn("frames are not compressed with {}: {}", codec.wireName(), String.valueOf(broken.getCause()));
            return false;
        }
    }

    private BlockCodec blocks() {
        BlockCodec known = loaded;
        if (known == null) {
            known = format.codec(format.defaultLevel());
            loaded = known;
        }
        return known;
    }

    /// Whether a payload of that size is tried at all.
    static boolean isWorthFor(int payloadBytes) {
        return payloadBytes >= MIN_BYTES;
    }

    String wireName() {
        return codec.wireName();
    }

    /// The payload of a compressed frame, null where one that is not compressed is as short.
    @Nullable
    Bytes compressed(Bytes payload) {
        if (!isWorthFor(payload.size())) return null;
        byte[] frame = new byte[payload.size() - 1];
        int size = blocks().compress(payload, frame, Integer.BYTES);
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
        if (!blocks().inflate(payload.slice(Integer.BYTES, payload.size()), inflated)) {
            throw malformed("does not inflate to the " + declared + " bytes that it declares");
        }
        return Bytes.wrap(inflated);
    }

    private ProtocolError malformed(String what) {
        return new ProtocolError(MsgiFraming.BAD_PAYLOAD, codec.wireName() + ": " + what, SOURCE);
    }
}
