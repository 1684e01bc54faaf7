package io.hawser.internal.websocket;

import io.hawser.ProtocolError;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

/// The first 2 to 14 bytes of a frame. Every fault is known at the byte that makes it one.
///
/// Source: RFC 6455, section 5.2
final class FrameHeader {
    static final int FIN = 0x80;
    static final int COMPRESSED = 0x40;
    static final int LARGEST = 14;

    private static final int MASKED = 0x80;
    private static final int SHORT = 126;
    private static final int LONG = 127;
    private static final int RESERVED = 0x70;
    private static final String SOURCE = "RFC 6455, section 5.2";

    private FrameHeader() {}

    /// The size of the header at `at`, 0 while it is not all there.
    ///
    /// @param masked whether the peer must mask, which otherwise it must not
    /// @param mayCompress whether an extension gives RSV1 a meaning, which it has on the first frame of a
    ///     message
    static int size(ByteBuffer in, int at, int available, boolean masked, boolean mayCompress) {
        int first = in.get(at);
        int opcode = first & 0x0F;
        checkFirst(first, opcode, mayCompress);
        if (available < 2) return 0;
        int second = in.get(at + 1);
        if ((second < 0) != masked) {
            throw bad(masked ? "a client's frame without a mask" : "a server's frame with a mask", "5.1");
        }
        int length = second & 0x7F;
        if (opcode >= Opcode.CLOSE) {
            if (first >= 0) throw bad("a control frame in fragments", "5.5");
            if (length >= SHORT) throw bad("a control frame of more than 125 bytes", "5.5");
        }
        int size = (length < SHORT ? 2 : length == SHORT ? 4 : 10) + (masked ? 4 : 0);
        return available < size ? 0 : size;
    }

    private static void checkFirst(int first, int opcode, boolean mayCompress) {
        if (!Opcode.isKnown(opcode)) throw bad("opcode " + opcode, "5.2");
        int reserved = first & RESERVED;
        if (reserved == 0) return;
        boolean isFirstOfMessage = opcode == Opcode.TEXT || opcode == Opcode.BINARY;
        if (reserved != COMPRESSED || !mayCompress || !isFirstOfMessage) {
            throw bad("reserved bits " + (reserved >> 4) + " in opcode " + opcode, "5.2");
        }
    }

    private static ProtocolError bad(String what, String section) {
        return new ProtocolError(CloseCode.PROTOCOL_ERROR, what, "RFC 6455, section " + section);
    }

    /// How long the payload is that follows the header at `at`, which is all there.
    static long payloadBytes(ByteBuffer in, int at) {
        int length = in.get(at + 1) & 0x7F;
        if (length < SHORT) return length;
        long extended = length == SHORT ? in.getShort(at + 2) & 0xFFFF : in.getLong(at + 2);
        if (extended < (length == SHORT ? SHORT : 1 << 16)) {
            throw new ProtocolError(CloseCode.PROTOCOL_ERROR, "a length that is not in its shortest form", SOURCE);
        }
        return extended;
    }

    /// How long a header is for that payload.
    static int sizeFor(int payloadBytes, boolean masked) {
        return (payloadBytes < SHORT ? 2 : payloadBytes < 1 << 16 ? 4 : 10) + (masked ? 4 : 0);
    }

    /// Appends a header up to where the mask would come.
    ///
    /// @param first opcode and flags
    static void write(ByteBuf to, int first, int payloadBytes, boolean masked) {
        int mask = masked ? MASKED : 0;
        if (payloadBytes < SHORT) {
            to.writeShort((first << 8) | mask | payloadBytes);
        } else if (payloadBytes < 1 << 16) {
            to.writeInt((first << 24) | ((mask | SHORT) << 16) | payloadBytes);
        } else {
            to.writeShort((first << 8) | mask | LONG).writeLong(payloadBytes);
        }
    }
}
