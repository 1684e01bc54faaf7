package io.hawser.hub.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/// Binary WebSocket messages against an echo, that must come back byte for byte.
///
/// Shape: a payload of 8 bytes or more begins with the request's number; the rest are fixed random bytes.
/// All frames have the same mask, which is no secret here.
///
/// Source: RFC 6455
public final class WebSocketProtocol implements Protocol {
    private static final long CONTENT_SEED = 64;
    private static final int MASK = 0x37FA_213D;
    private static final long WIDE_MASK = (MASK & 0xFFFF_FFFFL) * 0x1_0000_0001L;
    private static final int FIN_BINARY = 0x82;
    private static final int PONG = 0x8A;
    private static final int MASKED = 0x80;

    private final ByteBuffer request;
    private final ByteBuffer answer;
    private final int requestHeader;
    private final int answerHeader;
    private final int payloadBytes;
    private final ByteBuffer greeting;

    /// Messages to one endpoint.
    ///
    /// @param authority host and port of the server
    public WebSocketProtocol(String authority, String path, int payloadBytes) {
        if (payloadBytes < 0 || payloadBytes > Integer.MAX_VALUE - 14) {
            throw new IllegalArgumentException("payloadBytes: " + payloadBytes + ", must be at least 0");
        }
        this.payloadBytes = payloadBytes;
        var content = new byte[payloadBytes];
        new SplittableRandom(CONTENT_SEED).nextBytes(content);
        answerHeader = payloadBytes < 126 ? 2 : payloadBytes < 1 << 16 ? 4 : 10;
        requestHeader = answerHeader + 4;
        answer = header(ByteBuffer.allocateDirect(answerHeader + payloadBytes), 0);
        answer.put(content).clear();
        request = header(ByteBuffer.allocateDirect(requestHeader + payloadBytes), MASKED)
                .putInt(MASK);
        for (int i = 0; i < payloadBytes; i++) request.put((byte) (content[i] ^ (MASK >>> (24 - 8 * (i & 3)))));
        request.clear();
        greeting = handshake(authority, path, "");
    }

    /// The request for an upgrade.
    ///
    /// @param more fields, each with its line's end
    static ByteBuffer handshake(String authority, String path, String more) {
        return ByteBuffer.wrap(("GET " + path + " HTTP/1.1\r\nHost: " + authority + "\r\nUpgrade: websocket\r\n"
                        + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + more + "\r\n")
                .getBytes(ISO_8859_1));
    }

    private ByteBuffer header(ByteBuffer frame, int flag) {
        frame.put((byte) FIN_BINARY);
        if (payloadBytes < 126) frame.put((byte) (flag | payloadBytes));
        else if (payloadBytes < 1 << 16) frame.put((byte) (flag | 126)).putShort((short) payloadBytes);
        else frame.put((byte) (flag | 127)).putLong(payloadBytes);
        return frame;
    }

    @Override
    public String name() {
        return "ws";
    }

    @Override
    public int requestBytes() {
        return request.capacity();
    }

    @Override
    public int responseBytes() {
        return answer.capacity();
    }

    @Override
    public void encode(ByteBuffer out, long sequence) {
        renumber(request.clear(), 0, sequence);
        out.put(request);
    }

    @Override
    public void renumber(ByteBuffer out, int index, long sequence) {
        if (payloadBytes >= Long.BYTES) out.putLong(index + requestHeader, sequence ^ WIDE_MASK);
    }

    @Override
    public Responses responses() {
        return new WebSocketResponses(this);
    }

    @Override
    public ByteBuffer greeting() {
        return greeting;
    }

    @Override
    public ByteBuffer keepAlive() {
        return ByteBuffer.allocate(6)
                .put((byte) PONG)
                .put((byte) MASKED)
                .putInt(MASK)
                .flip();
    }

    /// What comes back for request `sequence`; whole from index 0, valid until the next call.
    ByteBuffer answer(long sequence) {
        answer.clear();
        if (payloadBytes >= Long.BYTES) answer.putLong(answerHeader, sequence);
        return answer;
    }
}
