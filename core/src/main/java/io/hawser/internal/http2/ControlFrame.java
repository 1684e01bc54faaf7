package io.hawser.internal.http2;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// A short frame that carries nothing of the application's.
///
/// Source: RFC 9113, section 6
final class ControlFrame implements Frame {
    private static final byte[] NOTHING = {};
    static final ControlFrame SETTINGS_ACK = new ControlFrame(FrameType.SETTINGS, FrameType.ACK, 0, NOTHING);

    private final int type;
    private final int flags;
    private final int stream;
    private final byte[] payload;

    private ControlFrame(int type, int flags, int stream, byte[] payload) {
        this.type = type;
        this.flags = flags;
        this.stream = stream;
        this.payload = payload;
    }

    static ControlFrame reset(int stream, int code) {
        return new ControlFrame(FrameType.RST_STREAM, 0, stream, number(code));
    }

    static ControlFrame windowUpdate(int stream, int increment) {
        return new ControlFrame(FrameType.WINDOW_UPDATE, 0, stream, number(increment));
    }

    static ControlFrame ping(long payload) {
        return new ControlFrame(FrameType.PING, 0, 0, number(payload));
    }

    static ControlFrame pong(long payload) {
        return new ControlFrame(FrameType.PING, FrameType.ACK, 0, number(payload));
    }

    static ControlFrame goAway(int lastStream, int code, String why) {
        byte[] text = why.getBytes(StandardCharsets.UTF_8);
        ByteBuffer payload = ByteBuffer.allocate(8 + text.length);
        payload.putInt(lastStream).putInt(code).put(text);
        return new ControlFrame(FrameType.GOAWAY, 0, 0, payload.array());
    }

    /// @param idsAndValues which take turns
    static ControlFrame settings(int... idsAndValues) {
        ByteBuffer payload = ByteBuffer.allocate(idsAndValues.length * 3);
        for (int i = 0; i < idsAndValues.length; i += 2) {
            payload.putShort((short) idsAndValues[i]).putInt(idsAndValues[i + 1]);
        }
        return new ControlFrame(FrameType.SETTINGS, 0, 0, payload.array());
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }

    private static byte[] number(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    @Override
    public int sizeAround() {
        return FrameType.HEADER_BYTES + payload.length;
    }

    @Override
    public void write(ByteBuf to) {
        Frame.header(to, payload.length, type, flags, stream);
        to.writeBytes(payload);
    }
}
