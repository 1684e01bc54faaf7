package io.hawser.conformance.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// One frame, as it may or may not be.
///
/// @param first FIN, reserved bits and opcode
/// @param cut how many bytes of the payload are really sent
@SuppressWarnings("ArrayRecordComponent") // frames are sent and never compared
public record Frame(int first, byte[] payload, Shape shape, int cut) {
    public enum Shape {
        RIGHT,
        /// With a mask where there must be none, or without one.
        WRONG_MASK,
        /// The length in 16 bits, whatever it is.
        LENGTH_16,
        /// The length in 64 bits, whatever it is.
        LENGTH_64
    }

    public static final int FIN = 0x80;
    public static final int RSV1 = 0x40;
    public static final int RSV2 = 0x20;
    public static final int RSV3 = 0x10;
    public static final int CONTINUATION = 0;
    public static final int TEXT = 1;
    public static final int BINARY = 2;
    public static final int CLOSE = 8;
    public static final int PING = 9;
    public static final int PONG = 10;

    private static final int MASK = 0x5AF0_13C7;

    public static Frame of(int first, byte... payload) {
        return new Frame(first, payload, Shape.RIGHT, payload.length);
    }

    public static Frame text(String text) {
        return of(FIN | TEXT, text.getBytes(UTF_8));
    }

    public static Frame text(byte... utf8) {
        return of(FIN | TEXT, utf8);
    }

    public static Frame binary(byte... payload) {
        return of(FIN | BINARY, payload);
    }

    public static Frame ping(byte... payload) {
        return of(FIN | PING, payload);
    }

    public static Frame pong(byte... payload) {
        return of(FIN | PONG, payload);
    }

    public static Frame close(int code, byte... reason) {
        return of(
                FIN | CLOSE,
                ByteBuffer.allocate(2 + reason.length)
                        .putShort((short) code)
                        .put(reason)
                        .array());
    }

    Frame shaped(Shape changed) {
        return new Frame(first, payload, changed, cut);
    }

    /// This frame, of which only so many bytes of the payload are sent.
    Frame cutTo(int bytes) {
        return new Frame(first, payload, shape, bytes);
    }

    public int opcode() {
        return first & 0x0F;
    }

    boolean isControl() {
        return opcode() >= CLOSE;
    }

    boolean isCompressed() {
        return (first & RSV1) != 0;
    }

    public int closeCode() {
        return payload.length < 2 ? 0 : ((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF);
    }

    /// The bytes on the wire.
    ///
    /// @param byClient whether the sender is the client, which masks
    byte[] encoded(boolean byClient) {
        boolean masked = byClient != (shape == Shape.WRONG_MASK);
        ByteBuffer head = ByteBuffer.allocate(14).put((byte) first);
        int flag = masked ? 0x80 : 0;
        if (shape == Shape.LENGTH_64 || payload.length > 65_535) {
            head.put((byte) (flag | 127)).putLong(payload.length);
        } else if (shape == Shape.LENGTH_16 || payload.length > 125) {
            head.put((byte) (flag | 126)).putShort((short) payload.length);
        } else {
            head.put((byte) (flag | payload.length));
        }
        if (masked) head.putInt(MASK);
        byte[] body = Arrays.copyOf(payload, cut);
        for (int i = 0; masked && i < cut; i++) body[i] ^= (byte) (MASK >>> (24 - 8 * (i & 3)));
        ByteArrayOutputStream all = new ByteArrayOutputStream(14 + cut);
        all.write(head.array(), 0, head.position());
        all.writeBytes(body);
        return all.toByteArray();
    }

    /// For the list of results: opcode, and what tells payloads apart.
    String shown() {
        return switch (opcode()) {
            case CLOSE -> payload.length == 0 ? "close" : "close " + closeCode();
            case PING -> "ping " + payload.length;
            case PONG -> "pong " + payload.length;
            default -> (opcode() == TEXT ? "text " : "binary ") + payload.length;
        };
    }

    boolean isSameAs(Frame other) {
        return (first & ~RSV1) == (other.first & ~RSV1) && Arrays.equals(payload, other.payload);
    }
}
