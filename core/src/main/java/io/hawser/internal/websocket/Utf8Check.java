package io.hawser.internal.websocket;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Checks UTF-8 as it arrives: a state machine that may stop after any byte, and knows at the first bad one.
///
/// ASCII passes by eights. Of the states, VALID is between characters; in the others one, two or three bytes
/// are missing, of which the next is any continuation byte or, after E0, ED, F0 and F4, one of a smaller
/// range, lest a character have two forms, or be a surrogate, or lie beyond U+10FFFF.
///
/// Source: RFC 3629, section 4
final class Utf8Check {
    static final int VALID = 0;
    static final int BAD = 8;

    private static final int ONE = 1;
    private static final int TWO = 2;
    private static final int THREE = 3;
    private static final int AFTER_E0 = 4;
    private static final int AFTER_ED = 5;
    private static final int AFTER_F0 = 6;
    private static final int AFTER_F4 = 7;

    /// The next state, by state and byte.
    private static final byte[] NEXT = new byte[(BAD + 1) << 8];

    static {
        Arrays.fill(NEXT, (byte) BAD);
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

    private static void step(int state, int first, int last, int next) {
        Arrays.fill(NEXT, (state << 8) + first, (state << 8) + last + 1, (byte) next);
    }

    /// The state after the bytes from `from` to `to`, where it was `state` before.
    static int check(int state, ByteBuffer bytes, int from, int to) {
        int now = state;
        int at = from;
        while (at < to) {
            if (now == VALID) {
                int last = to - Long.BYTES;
                while (at <= last && (bytes.getLong(at) & Masking.NOT_ASCII) == 0) at += Long.BYTES;
            }
            // Through the word that has another character, and then a look whether ASCII follows.
            for (int end = Math.min(to, at + Long.BYTES); at < end; at++)
                now = NEXT[(now << 8) + (bytes.get(at) & 0xFF)];
            if (now == BAD) return BAD;
        }
        return now;
    }
}
