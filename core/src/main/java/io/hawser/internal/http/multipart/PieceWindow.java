package io.hawser.internal.http.multipart;

import io.hawser.Bytes;
import io.hawser.http.Body;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The part of a body that has been read and not yet used.
final class PieceWindow {
    private final Body body;

    /// The bytes from `from` to `to` count.
    private byte[] bytes;
    private int from;
    private int to;
    private boolean isOver;

    /// @param before bytes to find before those of `body`
    PieceWindow(Body body, String before) {
        this.body = body;
        this.bytes = before.getBytes(StandardCharsets.US_ASCII);
        this.to = bytes.length;
    }

    int size() {
        return to - from;
    }

    byte at(int index) {
        return bytes[from + index];
    }

    /// Takes the first `count` bytes out.
    Bytes take(int count) {
        Bytes taken = Bytes.wrap(Arrays.copyOfRange(bytes, from, from + count));
        from += count;
        return taken;
    }

    void skip(int count) {
        from += count;
    }

    /// Reads one more piece; false at the end of the body.
    boolean more() {
        if (isOver) return false;
        Bytes piece = body.read();
        if (piece.isEmpty()) {
            isOver = true;
            return false;
        }
        int left = size();
        if (to + piece.size() > bytes.length) {
            byte[] larger = left + piece.size() > bytes.length ? new byte[left + piece.size()] : bytes;
            System.arraycopy(bytes, from, larger, 0, left);
            bytes = larger;
            from = 0;
            to = left;
        }
        piece.copyTo(bytes, to);
        to += piece.size();
        return true;
    }

    /// Reads until there are `count` bytes; false if the body ends before.
    boolean fill(int count) {
        while (size() < count) {
            if (!more()) return false;
        }
        return true;
    }

    /// Where `wanted` begins, below zero if it is nowhere whole.
    int indexOf(byte[] wanted) {
        for (int i = 0; i + wanted.length <= size(); i++) {
            if (bytes[from + i] == wanted[0] && startsWith(wanted, i)) return i;
        }
        return -1;
    }

    boolean startsWith(byte[] wanted, int at) {
        return size() - at >= wanted.length
                && Arrays.equals(bytes, from + at, from + at + wanted.length, wanted, 0, wanted.length);
    }
}
