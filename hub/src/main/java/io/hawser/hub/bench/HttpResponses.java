package io.hawser.hub.bench;

import io.hawser.hub.bench.HttpProtocol.Bodies;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads answers of status 2xx, and looks at their bodies as far as it is asked to.
final class HttpResponses implements Responses {
    private static final int MAX_HEAD_BYTES = 16 << 10;
    private static final int MAX_COMPARED_BYTES = 1 << 30;
    private static final byte[] GOOD = "HTTP/1.1 2".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] NO_CONTENT = "HTTP/1.1 204".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] OLD = "HTTP/1.0".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] LENGTH = "\r\ncontent-length:".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] CODING = "\r\ntransfer-encoding:".getBytes(StandardCharsets.ISO_8859_1);
    /// As what is left of a body: it comes in chunks.
    private static final long IN_CHUNKS = Long.MAX_VALUE;

    private final byte[] head = new byte[MAX_HEAD_BYTES];
    private int headBytes;
    /// How much of the empty line at the end of a head has come.
    private int endSeen;
    private final Bodies bodies;
    private final ChunksPassed chunks = new ChunksPassed();
    private byte @Nullable [] body;
    private byte[] part = new byte[0];
    private int bodyBytes;
    private long bodyLeft = -1;
    private long completed;

    /// @param expected the body of every answer; empty for that of the first
    HttpResponses(Bodies bodies, byte[] expected) {
        this.bodies = bodies;
        body = expected.length == 0 ? null : expected;
    }

    @Override
    public long completed() {
        return completed;
    }

    @Override
    public void consume(ByteBuffer in) throws BadResponse {
        while (in.hasRemaining()) {
            if (bodyLeft < 0) readHead(in);
            else readBody(in);
            if (bodyLeft == 0) complete();
        }
    }

    private void readHead(ByteBuffer in) throws BadResponse {
        while (in.hasRemaining()) {
            byte octet = in.get();
            if (headBytes == MAX_HEAD_BYTES) throw new BadResponse("a head of over 16 KiB");
            head[headBytes++] = octet;
            if (octet == (endSeen % 2 == 0 ? '\r' : '\n')) endSeen++;
            else endSeen = octet == '\r' ? 1 : 0;
            if (endSeen == 4) {
                endSeen = 0;
                bodyLeft = bodyLength();
                if (bodies == Bodies.SAME && part.length != bodyLeft) part = new byte[Math.toIntExact(bodyLeft)];
                bodyBytes = 0;
                return;
            }
        }
    }

    private long bodyLength() throws BadResponse {
        if (begins(OLD)) throw new BadResponse("HTTP/1.0, which keeps no connection");
        if (!begins(GOOD)) {
            throw new BadResponse("not 2xx: "
                    + new String(head, 0, Math.min(headBytes, 40), StandardCharsets.ISO_8859_1)
                            .lines()
                            .findFirst()
                            .orElse(""));
        }
        if (begins(NO_CONTENT)) return 0;
        boolean mayBeChunked = bodies == Bodies.ANY;
        long length = -1;
        for (int at = 0; at < headBytes; at++) {
            if (head[at] != '\r') continue;
            // Chunks count, whatever length is said beside them (RFC 9112, section 6.3).
            if (mayBeChunked && is(CODING, at) && value(at + CODING.length).equalsIgnoreCase("chunked"))
                return IN_CHUNKS;
            if (length < 0 && is(LENGTH, at)) length = number(at + LENGTH.length);
        }
        if (length >= 0) return length;
        throw new BadResponse(mayBeChunked ? "neither Content-Length nor chunks" : "no Content-Length");
    }

    private boolean begins(byte[] with) {
        return headBytes >= with.length && Arrays.equals(head, 0, with.length, with, 0, with.length);
    }

    private boolean is(byte[] name, int at) {
        if (at + name.length > headBytes) return false;
        for (int i = 0; i < name.length; i++) {
            byte octet = head[at + i];
            if ((octet >= 'A' && octet <= 'Z' ? octet + 32 : octet) != name[i]) return false;
        }
        return true;
    }

    private long number(int from) throws BadResponse {
        try {
            long length = Long.parseLong(value(from));
            long most = bodies == Bodies.ANY ? IN_CHUNKS - 1 : MAX_COMPARED_BYTES;
            if (length >= 0 && length <= most) return length;
            throw new BadResponse("a Content-Length of " + length);
        } catch (NumberFormatException e) {
            throw new BadResponse("bad Content-Length");
        }
    }

    private String value(int from) {
        int end = from;
        while (head[end] != '\r') end++;
        return new String(head, from, end - from, StandardCharsets.ISO_8859_1).strip();
    }

    private void readBody(ByteBuffer in) throws BadResponse {
        if (bodyLeft == IN_CHUNKS) {
            if (chunks.consume(in)) bodyLeft = 0;
            return;
        }
        int count = (int) Math.min(bodyLeft, in.remaining());
        if (bodies == Bodies.ANY) in.position(in.position() + count);
        else in.get(part, bodyBytes, count);
        bodyBytes += count;
        bodyLeft -= count;
    }

    private void complete() throws BadResponse {
        if (bodies == Bodies.SAME) {
            byte[] expected = body;
            if (expected == null) body = part.clone();
            else if (!Arrays.equals(expected, part)) throw new BadResponse("another body than expected");
        }
        completed++;
        headBytes = 0;
        bodyLeft = -1;
    }
}
