package io.hawser.internal.websocket;

import java.nio.ByteBuffer;

/// Masks and unmasks payloads, eight bytes at a time.
///
/// Source: RFC 6455, section 5.3
final class Masking {
    /// The bits that no ASCII character has.
    static final long NOT_ASCII = 0x8080_8080_8080_8080L;

    private Masking() {}

    /// Applies `mask` in place.
    ///
    /// @param bytes in the order of the network
    /// @param mask its highest byte is for the byte at `from`
    /// @return the changed bytes, or-ed together in some sequence
    static long apply(ByteBuffer bytes, int from, int to, int mask) {
        long wide = (mask & 0xFFFF_FFFFL) * 0x1_0000_0001L;
        long all = 0;
        int at = from;
        for (int last = to - Long.BYTES; at <= last; at += Long.BYTES) {
            long word = bytes.getLong(at) ^ wide;
            bytes.putLong(at, word);
            all |= word;
        }
        int narrow = mask;
        if (at + Integer.BYTES <= to) {
            int word = bytes.getInt(at) ^ mask;
            bytes.putInt(at, word);
            all |= word;
            at += Integer.BYTES;
        }
        for (; at < to; at++) {
            narrow = Integer.rotateLeft(narrow, 8);
            byte changed = (byte) (bytes.get(at) ^ narrow);
            bytes.put(at, changed);
            all |= changed;
        }
        return all;
    }

    /// All bytes, or-ed together in some sequence.
    static long gather(ByteBuffer bytes, int from, int to) {
        long all = 0;
        int at = from;
        for (int last = to - Long.BYTES; at <= last; at += Long.BYTES) all |= bytes.getLong(at);
        for (; at < to; at++) all |= bytes.get(at);
        return all;
    }

    /// The mask for what follows `count` bytes that `mask` was applied to.
    static int after(int mask, long count) {
        return Integer.rotateLeft(mask, (int) (count & 3) << 3);
    }
}
