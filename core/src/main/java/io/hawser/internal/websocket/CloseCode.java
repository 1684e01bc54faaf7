package io.hawser.internal.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.Bytes;
import io.hawser.ProtocolError;
import io.hawser.session.CloseReason;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Close codes, and the payload of close frames.
///
/// Source: RFC 6455, sections 5.5.1, 7.4 and 11.7
final class CloseCode {
    static final int GOING_AWAY = 1001;
    static final int PROTOCOL_ERROR = 1002;
    static final int NOT_ACCEPTABLE = 1003;
    static final int NONE = 1005;
    static final int LOST = 1006;
    static final int BAD_DATA = 1007;
    static final int POLICY = 1008;
    static final int TOO_BIG = 1009;
    static final int INTERNAL = 1011;
    static final int TRY_LATER = 1013;
    static final int BAD_GATEWAY = 1014;

    private static final int MAX_MESSAGE_BYTES = 123;
    private static final int LAST_ASSIGNED = BAD_GATEWAY;
    private static final int FIRST_REGISTERED = 3000;
    private static final int LAST = 4999;
    /// Whose number means the same on a connection of hawser.v1.
    private static final String OWN_CODES = "hawser.v1";

    private static final int OWN_TOO_BIG = 4002;
    private static final int OWN_BAD_PAYLOAD = 4004;

    private CloseCode() {}

    /// Whether `code` may be in a close frame.
    static boolean maySend(int code) {
        if (code >= FIRST_REGISTERED) return code <= LAST;
        return code >= 1000 && code <= LAST_ASSIGNED && code != 1004 && code != NONE && code != LOST;
    }

    /// Whether the connection has failed with it, so that nothing of the peer is looked at any more.
    static boolean isFailure(int code) {
        return switch (code) {
            case PROTOCOL_ERROR, NOT_ACCEPTABLE, BAD_DATA, POLICY, TOO_BIG, LOST -> true;
            default -> false;
        };
    }

    /// What the payload of a peer's close frame says.
    static CloseReason parse(ByteBuffer in, int from, int to) {
        int size = to - from;
        if (size == 0) return CloseReason.of(NONE, "");
        if (size == 1) throw new ProtocolError(PROTOCOL_ERROR, "half a close code", "RFC 6455, section 5.5.1");
        int code = in.getShort(from) & 0xFFFF;
        if (!maySend(code)) throw new ProtocolError(PROTOCOL_ERROR, "close code " + code, "RFC 6455, section 7.4");
        if (Utf8Check.check(Utf8Check.VALID, in, from + 2, to) != Utf8Check.VALID) {
            throw new ProtocolError(BAD_DATA, "a close message that is not UTF-8", "RFC 6455, section 5.5.1");
        }
        byte[] message = new byte[size - 2];
        in.get(from + 2, message);
        return CloseReason.of(code, new String(message, UTF_8));
    }

    /// The close frame that says `reason`, null where there is nobody to say it to.
    ///
    /// @param subprotocol the connection's
    static @Nullable ControlFrame frame(CloseReason reason, @Nullable String subprotocol) {
        boolean isOwn = subprotocol != null && subprotocol.startsWith(OWN_CODES);
        int code = isOwn ? own(reason.code()) : standard(reason.code());
        if (code == LOST) return null;
        if (code == NONE) return new ControlFrame(Opcode.CLOSE, Bytes.EMPTY);
        byte[] message = shortened(reason.message().getBytes(UTF_8));
        byte[] payload = new byte[2 + message.length];
        payload[0] = (byte) (code >> 8);
        payload[1] = (byte) code;
        System.arraycopy(message, 0, payload, 2, message.length);
        return new ControlFrame(Opcode.CLOSE, Bytes.wrap(payload));
    }

    /// What a peer of hawser.v1 understands.
    private static int own(int code) {
        return switch (code) {
            case TOO_BIG -> OWN_TOO_BIG;
            case POLICY, BAD_DATA -> OWN_BAD_PAYLOAD;
            default -> maySend(code) ? code : standard(code);
        };
    }

    /// What a peer that knows only the RFC understands.
    private static int standard(int code) {
        if (code == CloseReason.DRAIN.code() || code == CloseReason.IDLE.code()) return GOING_AWAY;
        if (code == CloseReason.OVERLOAD.code() || code == CloseReason.TOO_SLOW.code()) return TRY_LATER;
        return maySend(code) || code == NONE || code == LOST ? code : INTERNAL;
    }

    private static byte[] shortened(byte[] message) {
        if (message.length <= MAX_MESSAGE_BYTES) return message;
        int end = MAX_MESSAGE_BYTES;
        while ((message[end] & 0xC0) == 0x80) end--;
        return Arrays.copyOf(message, end);
    }
}
