package io.hawser.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.hawser.hub.bench.BadResponse;
import io.hawser.hub.bench.Protocol;
import io.hawser.hub.bench.Responses;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// Messages under permessage-deflate against an echo, each of them compressed by itself and all the same.
///
/// An answer that is byte for byte the last one that was right is right; any other is inflated and compared.
///
/// Source: RFC 7692
final class DeflatedEcho implements Protocol {
    private static final int COMPRESSED_BINARY = 0xC2;
    private static final int MASKED = 0x80;
    private static final int MASK = 0x37FA_213D;
    private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};
    private static final int LONG_HEADER = 4;

    private final byte[] content;
    private final byte[] request;
    private final ByteBuffer greeting;
    private byte[] known = new byte[0];

    /// @param payloadBytes before compression
    DeflatedEcho(String authority, String path, int payloadBytes) {
        content = document(payloadBytes);
        request = frame(deflated(content));
        greeting = ByteBuffer.wrap(("GET " + path + " HTTP/1.1\r\nHost: " + authority + "\r\n"
                        + "Upgrade: websocket\r\n"
                        + "Connection: Upgrade\r\n"
                        + "Sec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key:"
                        + " dGhlIHNhbXBsZSBub25jZQ==\r\n"
                        + "Sec-WebSocket-Extensions:"
                        + " permessage-deflate;"
                        + " server_no_context_takeover;"
                        + " client_no_context_takeover\r\n\r\n")
                .getBytes(ISO_8859_1));
    }

    /// Records as a feed of prices might have them: repetitive, but not the same.
    private static byte[] document(int bytes) {
        var text = new StringBuilder();
        for (int i = 0; text.length() < bytes; i++) {
            int price = i * 7919 % 100_000;
            text.append("{\"id\":")
                    .append(i * 31L % 9973)
                    .append(",\"symbol\":\"SYM")
                    .append(i * 17 % 41);
            text.append("\",\"price\":")
                    .append(price / 100)
                    .append('.')
                    .append(price % 100)
                    .append("},");
        }
        return text.substring(0, bytes).getBytes(ISO_8859_1);
    }

    private static byte[] deflated(byte[] content) {
        try (var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true)) {
            deflater.setInput(content);
            var out = new byte[content.length + 64];
            int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
            return Arrays.copyOf(out, length - TAIL.length);
        }
    }

    private static byte[] frame(byte[] payload) {
        var frame = ByteBuffer.allocate(LONG_HEADER + Integer.BYTES + payload.length);
        frame.put((byte) COMPRESSED_BINARY);
        frame.put((byte) (MASKED | 126)).putShort((short) payload.length).putInt(MASK);
        for (int i = 0; i < payload.length; i++) frame.put((byte) (payload[i] ^ (MASK >>> (24 - 8 * (i & 3)))));
        return frame.array();
    }

    @Override
    public String name() {
        return "ws-deflate";
    }

    @Override
    public int requestBytes() {
        return request.length;
    }

    @Override
    public int responseBytes() {
        return request.length - Integer.BYTES;
    }

    @Override
    public void encode(ByteBuffer out, long sequence) {
        out.put(request);
    }

    @Override
    public Responses responses() {
        return new Answers();
    }

    @Override
    public ByteBuffer greeting() {
        return greeting;
    }

    private void check(byte[] payload) throws BadResponse {
        if (Arrays.equals(payload, known)) return;
        var inflated = new byte[content.length + 1];
        try (var inflater = new Inflater(true)) {
            var whole = Arrays.copyOf(payload, payload.length + TAIL.length);
            System.arraycopy(TAIL, 0, whole, payload.length, TAIL.length);
            inflater.setInput(whole);
            int length = 0;
            for (int more = 1; more > 0 && length < inflated.length; length += more) {
                more = inflater.inflate(inflated, length, inflated.length - length);
            }
            if (length != content.length || !Arrays.equals(content, Arrays.copyOf(inflated, length))) {
                throw new BadResponse("inflates to something else");
            }
        } catch (DataFormatException e) {
            throw new BadResponse("does not inflate");
        }
        known = payload;
    }

    /// Whole frames out of what comes in pieces.
    private final class Answers implements Responses {
        private final ByteBuffer frame = ByteBuffer.allocate(LONG_HEADER + 2 * content.length);
        private long completed;

        @Override
        public void consume(ByteBuffer in) throws BadResponse {
            while (in.hasRemaining()) {
                if (frame.position() < LONG_HEADER) {
                    frame.put(in.get());
                    continue;
                }
                int rest = LONG_HEADER + length() - frame.position();
                int taken = Math.min(rest, in.remaining());
                frame.put(in.slice(in.position(), taken));
                in.position(in.position() + taken);
                if (taken < rest) return;
                check(Arrays.copyOfRange(frame.array(), LONG_HEADER, frame.position()));
                completed++;
                frame.clear();
            }
        }

        private int length() throws BadResponse {
            if ((frame.get(0) & 0xFF) != COMPRESSED_BINARY) throw new BadResponse("not a whole compressed message");
            int length = frame.getShort(2) & 0xFFFF;
            if (frame.get(1) != 126 || length > frame.capacity() - LONG_HEADER) {
                throw new BadResponse("an answer of another length than any should have");
            }
            return length;
        }

        @Override
        public long completed() {
            return completed;
        }
    }
}
