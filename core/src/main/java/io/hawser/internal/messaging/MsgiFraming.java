package io.hawser.internal.messaging;

import io.hawser.Bytes;
import io.hawser.HawserException.Processed;
import io.hawser.LimitExceeded;
import io.hawser.ProtocolError;
import io.hawser.messaging.Frame;
import io.hawser.messaging.FrameType;
import io.hawser.session.CloseReason;
import io.hawser.tcp.Framing;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// MSGI frames: `MSGI`, total length, type, payload. Every fault is known from the header, at the byte
/// that makes it one, before a payload is awaited.
///
/// Source: docs/PROTOCOL.md, section 1
public final class MsgiFraming implements Framing<Frame> {
    public static final int MAGIC = 0x4D534749;

    static final int NOT_A_FRAME = 4000;
    static final int TOO_SHORT = 4001;
    static final int TOO_LONG = 4002;
    static final int UNKNOWN_TYPE = 4003;
    static final int BAD_PAYLOAD = 4004;

    /// The peer sends nothing more, in the middle of a frame: it is told so, and for its session the connection is
    /// lost.
    public static final CloseReason CUT_OFF = CloseReason.of(BAD_PAYLOAD, "frame not completed");

    static final int TYPE_AT = 8;

    private static final String SOURCE = "MSGI, section 1";
    private static final int MAX_PING_BYTES = 125;
    static final int MAX_GOODBYE_BYTES = 8 << 10;

    private final int maxDataBytes;
    private final int maxControlBytes;
    private final boolean isCompressionAgreed;

    private MsgiFraming(int maxDataBytes, int maxControlBytes, boolean isCompressionAgreed) {
        if (maxDataBytes < 0 || maxDataBytes > Integer.MAX_VALUE - Frame.HEADER_BYTES) {
            throw new IllegalArgumentException(
                    "maxPayloadBytes " + maxDataBytes + ": from 0 to " + (Integer.MAX_VALUE - Frame.HEADER_BYTES));
        }
        this.maxDataBytes = maxDataBytes;
        this.maxControlBytes = maxControlBytes;
        this.isCompressionAgreed = isCompressionAgreed;
    }

    public static MsgiFraming of(int maxPayloadBytes) {
        return new MsgiFraming(maxPayloadBytes, maxPayloadBytes, false);
    }

    int maxPayloadBytes() {
        return maxDataBytes;
    }

    /// This framing with another limit for CONTROL frames.
    MsgiFraming withMaxControlBytes(int changed) {
        return new MsgiFraming(maxDataBytes, changed, isCompressionAgreed);
    }

    /// This framing where DATA and CONTROL may come compressed, which is for the caller to undo.
    MsgiFraming withCompression() {
        return new MsgiFraming(maxDataBytes, maxControlBytes, true);
    }

    @Override
    public int decode(ByteBuffer input, int seen, Consumer<? super Frame> output) {
        int total = frameSize(input);
        if (total == 0) return 0;
        int start = input.position();
        FrameType type = type(input.getShort(start + TYPE_AT) & 0xFFFF);
        if (type != null) {
            byte[] payload = new byte[total - Frame.HEADER_BYTES];
            input.get(start + Frame.HEADER_BYTES, payload);
            output.accept(new Frame(type, Bytes.wrap(payload)));
        }
        return total;
    }

    /// The size of the frame at the position of `input`, which does not move, or 0 while it is not all
    /// there.
    ///
    /// @throws ProtocolError for what can never become a frame
    int frameSize(ByteBuffer input) {
        int start = input.position();
        int available = input.remaining();
        if (available < TYPE_AT) {
            checkMagicSoFar(input, start, Math.min(available, 4));
            return 0;
        }
        if (input.getInt(start) != MAGIC) throw notAFrame();
        long total = input.getInt(start + 4) & 0xFFFF_FFFFL;
        if (total < Frame.HEADER_BYTES) {
            throw new ProtocolError(TOO_SHORT, "length " + total + ", where a header alone has 10", SOURCE);
        }
        // Before the type is looked at, so that the fault is the same however the header comes.
        if (total - Frame.HEADER_BYTES > largestPayload()) {
            throw tooLong(total - Frame.HEADER_BYTES, ": at most " + largestPayload());
        }
        if (available < Frame.HEADER_BYTES) return 0;
        int code = input.getShort(start + TYPE_AT) & 0xFFFF;
        check(plainType(code), code, total - Frame.HEADER_BYTES);
        return available < total ? 0 : (int) total;
    }

    /// How long the frame says it is that begins at the reader index; 0 while it does not.
    static int declaredBytes(ByteBuf begun) {
        return begun.readableBytes() < TYPE_AT ? 0 : begun.getInt(begun.readerIndex() + 4);
    }

    private static void checkMagicSoFar(ByteBuffer input, int start, int known) {
        for (int i = 0; i < known; i++) {
            if (input.get(start + i) != (byte) (MAGIC >>> (24 - 8 * i))) throw notAFrame();
        }
    }

    private static ProtocolError notAFrame() {
        return new ProtocolError(NOT_A_FRAME, "a frame begins with MSGI", SOURCE);
    }

    /// As [#type], of a frame that may be compressed.
    private @Nullable FrameType plainType(int code) {
        int plain = code & ~FrameCodec.COMPRESSED;
        boolean isCompressed = isCompressionAgreed
                && plain != code
                && (plain == FrameType.DATA.code() || plain == FrameType.CONTROL.code());
        return type(isCompressed ? plain : code);
    }

    /// @return null for a type that is to be ignored
    private static @Nullable FrameType type(int code) {
        if (code == 0x0010) return FrameType.DATA;
        if (code >= 0x7000 && code <= 0x7FFF) return null;
        return FrameType.of(code)
                .orElseThrow(() -> new ProtocolError(UNKNOWN_TYPE, String.format("type 0x%04x", code), SOURCE));
    }

    private void check(@Nullable FrameType type, int code, long payloadBytes) {
        if (type == FrameType.HEARTBEAT && payloadBytes != 0) {
            throw new ProtocolError(BAD_PAYLOAD, "a HEARTBEAT is empty, this has " + payloadBytes + " bytes", SOURCE);
        }
        if ((type == FrameType.PING || type == FrameType.PONG) && payloadBytes > MAX_PING_BYTES) {
            throw new ProtocolError(
                    BAD_PAYLOAD, type + " of " + payloadBytes + " bytes, where at most 125 are allowed", SOURCE);
        }
        int max = maxBytes(type);
        if (payloadBytes > max) {
            throw tooLong(payloadBytes, String.format(" in a frame of type 0x%04x: at most %d", code, max));
        }
    }

    int maxBytes(@Nullable FrameType type) {
        if (type == null) return maxDataBytes;
        return switch (type) {
            case DATA -> maxDataBytes;
            case CONTROL -> maxControlBytes;
            case PING, PONG -> MAX_PING_BYTES;
            case HEARTBEAT -> 0;
            case ERROR, DISCONNECT -> MAX_GOODBYE_BYTES;
        };
    }

    private int largestPayload() {
        return Math.max(Math.max(maxDataBytes, maxControlBytes), MAX_GOODBYE_BYTES);
    }

    private static ProtocolError tooLong(long payloadBytes, String where) {
        return new ProtocolError(TOO_LONG, "payload of " + payloadBytes + " bytes" + where, SOURCE);
    }

    @Override
    public int encodedSize(Frame frame) {
        int max = maxBytes(frame.type());
        if (frame.payload().size() > max) {
            throw new LimitExceeded(
                    "payload of " + frame.type(), max, frame.payload().size(), Processed.NO);
        }
        return Frame.HEADER_BYTES + frame.payload().size();
    }

    /// The size of a DATA frame with a payload of `payloadBytes`.
    int encodedSize(int payloadBytes) {
        if (payloadBytes > maxDataBytes) {
            throw new LimitExceeded("maxMessageBytes", maxDataBytes, payloadBytes, Processed.NO);
        }
        return Frame.HEADER_BYTES + payloadBytes;
    }

    @Override
    public void encode(Frame frame, ByteBuffer output) {
        encode(frame.type(), frame.payload(), output);
    }

    static void encodeHeader(FrameType type, int payloadBytes, ByteBuf output) {
        output.writeInt(MAGIC).writeInt(Frame.HEADER_BYTES + payloadBytes).writeShort(type.code());
    }

    static void encode(FrameType type, Bytes payload, ByteBuffer output) {
        encode(type.code(), payload, output);
    }

    static void encode(int type, Bytes payload, ByteBuffer output) {
        output.putInt(MAGIC);
        output.putInt(Frame.HEADER_BYTES + payload.size());
        output.putShort((short) type);
        payload.copyTo(output);
    }
}
