package io.hawser.benchmarks.broadcast;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// WebSocket, what the server sends in frames that are not fragmented.
///
/// Source: RFC 6455, section 5.2
final class WebSocketWire implements Wire {
    private static final int MASK = 0x37FA_213D;
    private static final int MAX_SHORT = 125;
    private static final int LENGTH_16 = 126;
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    @Override
    public String upgrade(Speaker speaker, int port) {
        return "GET " + speaker.path() + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + speaker.fields() + "\r\n";
    }

    @Override
    public int take(ByteBuffer in, int at, int end, Sink sink) throws IOException {
        if (end - at < 2) return 0;
        int length = in.get(at + 1) & 0xFF;
        int header = length == LENGTH_16 ? 4 : 2;
        if (length > LENGTH_16) throw new BroadcastFailed("a frame that is longer than any should be");
        if (end - at < header) return 0;
        if (length == LENGTH_16) length = in.getShort(at + 2) & 0xFFFF;
        if (end - at < header + length) return 0;
        switch (in.get(at) & 0xF) {
            case TEXT -> sink.text(in, at + header, at + header + length);
            case CLOSE -> throw new BroadcastFailed("closed by a close frame");
            case PING -> {
                byte[] payload = new byte[length];
                in.get(at + header, payload);
                sink.asked(frame(PONG, payload));
            }
            default -> {
                // Nothing else says anything here.
            }
        }
        return header + length;
    }

    @Override
    public ByteBuffer message(String text) {
        return frame(TEXT, text.getBytes(ISO_8859_1));
    }

    /// What every server has to answer with as many bytes as it has.
    static ByteBuffer longestPing() {
        return frame(PING, new byte[MAX_SHORT]);
    }

    private static ByteBuffer frame(int opcode, byte[] payload) {
        var frame = ByteBuffer.allocate(payload.length + 8).put((byte) (0x80 | opcode));
        if (payload.length <= MAX_SHORT) frame.put((byte) (0x80 | payload.length));
        else frame.put((byte) (0x80 | LENGTH_16)).putShort((short) payload.length);
        frame.putInt(MASK);
        for (int i = 0; i < payload.length; i++) frame.put((byte) (payload[i] ^ (MASK >>> (24 - 8 * (i & 3)))));
        return ByteBuffer.wrap(Arrays.copyOf(frame.array(), frame.position()));
    }
}
