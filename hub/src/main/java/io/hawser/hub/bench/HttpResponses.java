package io.hawser.hub.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads answers of known length: status 2xx, and a known body or that of the first one every time.
final class HttpResponses implements Responses {
    private static final int MAX_HEAD_BYTES = 16 << 10;
    private static final byte[] GOOD = "HTTP/1.1 2".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] NO_CONTENT = "HTTP/1.1 204".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] LENGTH = "\r\ncontent-length:".getBytes(StandardCharsets.ISO_8859_1);

    private final byte[] head = new byte[MAX_HEAD_BYTES];
    private int headBytes;
    /// How much of the empty line at the end of a head has come.
    private int endSeen;
    private byte @Nullable [] body;
    private byte[] part = new byte[0];
    private int bodyBytes;
    private int bodyLeft = -1;
    private long completed;

    /// @param expected the body of every answer; empty for that of the first
    HttpResponses(byte[] expected) {
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
                if (part.length != bodyLeft) part = new byte[bodyLeft];
                bodyBytes = 0;
                return;
            }
        }
    }

    private int bodyLength() throws BadResponse {
        if (!begins(GOOD)) {
            throw new BadResponse("not 2xx: "
                    + new String(head, 0, Math.min(headBytes, 40), StandardCharsets.ISO_8859_1)
                            .lines()
                            .findFirst()
                            .orElse(""));
        }
        for (int at = 0; at + LENGTH.length < headBytes; at++) {
            if (head[at] == '\r' && isLength(at)) return number(at + LENGTH.length);
        }
        if (begins(NO_CONTENT)) return 0;
        throw new BadResponse("no Content-Length");
    }

    private boolean begins(byte[] with) {
        return headBytes >= with.length && Arrays.equals(head, 0, with.length, with, 0, with.length);
    }

    private boolean isLength(int at) {
        for (int i = 0; i < LENGTH.length; i++) {
            byte octet = head[at + i];
            if ((octet >= 'A' && octet <= 'Z' ? octet + 32 : octet) != LENGTH[i]) return false;
        }
        return true;
    }

    private int number(int from) throws BadResponse {
        int end = from;
        while (head[end] != '\r') end++;
        try {
            return Integer.parseInt(new String(head, from, end - from, StandardCharsets.ISO_8859_1).strip());
        } catch (NumberFormatException e) {
            throw new BadResponse("bad Content-Length");
        }
    }

    private void readBody(ByteBuffer in) {
        int count = Math.min(bodyLeft, in.remaining());
        in.get(part, bodyBytes, count);
        bodyBytes += count;
        bodyLeft -= count;
    }

    private void complete() throws BadResponse {
        byte[] expected = body;
        if (expected == null) body = part.clone();
        else if (!Arrays.equals(expected, part)) throw new BadResponse("another body than expected");
        completed++;
        headBytes = 0;
        bodyLeft = -1;
    }
}
