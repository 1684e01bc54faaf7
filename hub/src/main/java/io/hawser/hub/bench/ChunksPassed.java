package io.hawser.hub.bench;

import java.nio.ByteBuffer;

/// Passes over a body that comes in chunks (RFC 9112, section 7.1), to its end.
final class ChunksPassed {
    private static final int MAX_LINE_BYTES = 16 << 10;
    private static final int MAX_SIZE_DIGITS = 15;

    private enum At {
        SIZE,
        EXTENSION,
        DATA,
        BEHIND_DATA,
        TRAILER
    }

    private At at = At.SIZE;
    private long size;
    private int digits;
    private int lineBytes;

    /// Takes what there is, up to the end of the body.
    ///
    /// @return whether that has come
    boolean consume(ByteBuffer in) throws BadResponse {
        while (in.hasRemaining()) {
            if (at == At.DATA) {
                int count = (int) Math.min(size, in.remaining());
                in.position(in.position() + count);
                size -= count;
                if (size == 0) at = At.BEHIND_DATA;
            } else {
                byte octet = in.get();
                if (octet == '\n') {
                    if (isEnd()) return true;
                } else if (octet != '\r') {
                    inLine(octet);
                }
            }
        }
        return false;
    }

    private void inLine(byte octet) throws BadResponse {
        if (++lineBytes > MAX_LINE_BYTES) throw new BadResponse("a line of over 16 KiB between chunks");
        if (at == At.BEHIND_DATA) throw new BadResponse("a chunk longer than it says");
        if (at != At.SIZE) return;
        int digit = Character.digit(octet, 16);
        if (digit >= 0) {
            if (++digits > MAX_SIZE_DIGITS) throw new BadResponse("a chunk too large to count");
            size = (size << 4) + digit;
        } else if (octet == ';' || octet == ' ' || octet == '\t') {
            at = At.EXTENSION;
        } else {
            throw new BadResponse("a chunk whose size is no number");
        }
    }

    /// At the end of a line.
    private boolean isEnd() throws BadResponse {
        boolean isEmpty = lineBytes == 0;
        lineBytes = 0;
        if (at == At.TRAILER) {
            if (isEmpty) at = At.SIZE;
            return isEmpty;
        }
        if (at == At.BEHIND_DATA) {
            at = At.SIZE;
            return false;
        }
        if (digits == 0) throw new BadResponse("a chunk without a size");
        digits = 0;
        at = size == 0 ? At.TRAILER : At.DATA;
        return false;
    }
}
