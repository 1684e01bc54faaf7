package io.hawser.benchmarks.broadcast;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;

/// Lines that end with CR and LF.
final class Lines {
    private Lines() {}

    /// Where the line that begins at `at` ends, its CR and LF included; -1 if it is not whole yet.
    static int end(ByteBuffer in, int at, int end) {
        for (int i = at + 1; i < end; i++) {
            if (in.get(i) == '\n' && in.get(i - 1) == '\r') return i + 1;
        }
        return -1;
    }

    /// The number whose last digit is before `end`.
    static int lastNumber(ByteBuffer in, int end) {
        int number = 0;
        int scale = 1;
        for (int i = end - 1; i >= 0 && in.get(i) >= '0' && in.get(i) <= '9'; i--) {
            number += (in.get(i) - '0') * scale;
            scale *= 10;
        }
        return number;
    }

    static String text(ByteBuffer in, int from, int to) {
        byte[] bytes = new byte[to - from];
        in.get(from, bytes);
        return new String(bytes, ISO_8859_1);
    }
}
