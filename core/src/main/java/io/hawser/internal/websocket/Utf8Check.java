package io.hawser.internal.websocket;

import java.nio.ByteBuffer;

/// Checks UTF-8 as it arrives: a state machine that may stop after any byte, and knows at the first bad one.
///
/// Of the states, VALID is between characters; in the others one, two or three bytes are missing, of which
/// the next is any continuation byte or, after E0, ED, F0 and F4, one of a smaller range, lest a character
/// have two forms, or be a surrogate, or lie beyond U+10FFFF.
///
/// A state is a number of bits: the word of a byte, shifted right by it, has the next state at its lower end.
/// So no byte waits for a look into memory that the one before it decides on, only for a shift, and all texts
/// that are not ASCII are checked equally fast. ASCII passes by eights.
///
/// Source: RFC 3629, section 4
final class Utf8Check {
    private static final int BITS = 6;
    private static final long STATE = (1L << BITS) - 1;

    static final int VALID = 0;
    private static final int ONE = BITS;
    private static final int TWO = 2 * BITS;
    private static final int THREE = 3 * BITS;
    private static final int AFTER_E0 = 4 * BITS;
    private static final int AFTER_ED = 5 * BITS;
    private static final int AFTER_F0 = 6 * BITS;
    private static final int AFTER_F4 = 7 * BITS;
    static final int BAD = 8 * BITS;

    /// The next states, by byte.
    private static final long[] NEXT = new long[256];

    static {
        for (int state = VALID; state <= BAD; state += BITS) step(state, 0x00, 0xFF, BAD);
        step(VALID, 0x00, 0x7F, VALID);
        step(VALID, 0xC2, 0xDF, ONE);
        step(VALID, 0xE0, 0xE0, AFTER_E0);
        step(VALID, 0xE1, 0xEC, TWO);
        step(VALID, 0xED, 0xED, AFTER_ED);
        step(VALID, 0xEE, 0xEF, TWO);
        step(VALID, 0xF0, 0xF0, AFTER_F0);
        step(VALID, 0xF1, 0xF3, THREE);
        step(VALID, 0xF4, 0xF4, AFTER_F4);
        step(ONE, 0x80, 0xBF, VALID);
        step(TWO, 0x80, 0xBF, ONE);
        step(THREE, 0x80, 0xBF, TWO);
        step(AFTER_E0, 0xA0, 0xBF, ONE);
        step(AFTER_ED, 0x80, 0x9F, ONE);
        step(AFTER_F0, 0x90, 0xBF, TWO);
        step(AFTER_F4, 0x80, 0x8F, TWO);
    }

    private Utf8Check() {}

    private static void step(int state, int first, int last, long next) {
        for (int octet = first; octet <= last; octet++) {
            NEXT[octet] = (NEXT[octet] & ~(STATE << state)) | (next << state);
        }
    }

    /// The state after the bytes from `from` to `to`, where it was `state` before.
    ///
    /// @param bytes in the order of the network
    static int check(int state, ByteBuffer bytes, int from, int to) {
        long now = state; // in its lowest bits, which are all that a shift looks at
        int at = from;
        for (int last = to - Long.BYTES; at <= last; at += Long.BYTES) {
            long word = bytes.getLong(at);
            if (((now & STATE) | (word & Masking.NOT_ASCII)) == 0) continue;
            for (int rest = Long.SIZE - Byte.SIZE; rest >= 0; rest -= Byte.SIZE) {
                now = NEXT[(int) (word >>> rest) & 0xFF] >>> now;
            }
            if ((now & STATE) == BAD) return BAD;
        }
        for (; at < to; at++) now = NEXT[bytes.get(at) & 0xFF] >>> now;
        return (int) (now & STATE);
    }
}
