package io.hawser.benchmarks.stream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.hawser.hub.bench.Responses;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/// Payloads on one channel of RSocket for each connection, over TCP, that must come back byte for byte.
///
/// Both sides ask each other for as much as there is, so no credit is waited for.
///
/// Shape: a payload of 8 bytes or more begins with the request's number.
///
/// Source: rsocket.io, protocol 1.0
public final class RSocketChannel extends PreparedMessage {
    static final int STREAM = 1;
    static final int PAYLOAD = 0x0A;
    static final int NEXT = 0x20;
    /// Behind the length: stream, type and flags.
    static final int HEADER_BYTES = 6;
    static final int LENGTH_BYTES = 3;

    private static final int SETUP = 0x01;
    private static final int REQUEST_CHANNEL = 0x07;
    private static final int VERSION = 1 << 16;
    private static final int AN_HOUR_MILLIS = 3_600_000;
    private static final String MIME = "application/octet-stream";
    private static final int MAX_PAYLOAD_BYTES = (1 << 24) - 1 - HEADER_BYTES;
    private static final long SEED = 1000;
    private static final int OPENING_BYTES = 128;

    public RSocketChannel(int payloadBytes) {
        super(request(payloadBytes), LENGTH_BYTES + HEADER_BYTES);
    }

    private static ByteBuffer request(int payloadBytes) {
        if (payloadBytes < 1 || payloadBytes > MAX_PAYLOAD_BYTES) {
            throw new IllegalArgumentException("payload " + payloadBytes + ": from 1 to " + MAX_PAYLOAD_BYTES);
        }
        var content = new byte[payloadBytes];
        new SplittableRandom(SEED).nextBytes(content);
        var request = ByteBuffer.allocate(LENGTH_BYTES + HEADER_BYTES + payloadBytes);
        length(request, HEADER_BYTES + payloadBytes);
        return header(request, STREAM, PAYLOAD, NEXT).put(content);
    }

    private static void length(ByteBuffer out, int length) {
        out.put((byte) (length >> 16)).putShort((short) length);
    }

    private static ByteBuffer header(ByteBuffer out, int stream, int type, int flags) {
        return out.putInt(stream).putShort((short) (type << 10 | flags));
    }

    @Override
    public String name() {
        return "rsocket";
    }

    @Override
    public Responses responses() {
        return new RSocketResponses(this, opening());
    }

    int payloadBytes() {
        return requestBytes() - LENGTH_BYTES - HEADER_BYTES;
    }

    /// The data of number `sequence`, whole from index 0, valid until the next call.
    ByteBuffer payload(long sequence) {
        return from(LENGTH_BYTES + HEADER_BYTES, sequence);
    }

    /// The setup, and a channel that begins with an empty payload, which comes back, too.
    private static ByteBuffer opening() {
        var out = ByteBuffer.allocate(OPENING_BYTES);
        length(out, HEADER_BYTES + 3 * Integer.BYTES + 2 * (1 + MIME.length()));
        header(out, 0, SETUP, 0).putInt(VERSION).putInt(AN_HOUR_MILLIS).putInt(AN_HOUR_MILLIS);
        for (int i = 0; i < 2; i++) out.put((byte) MIME.length()).put(MIME.getBytes(ISO_8859_1));
        length(out, HEADER_BYTES + Integer.BYTES);
        return header(out, STREAM, REQUEST_CHANNEL, 0).putInt(Integer.MAX_VALUE).flip();
    }
}
