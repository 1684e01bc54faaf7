package io.hawser.internal.topic;

import java.util.concurrent.ThreadLocalRandom;

/// Random marks: epochs and tags.
public final class Marks {
    private static final int EPOCH_CHARS = 10;

    private Marks() {}

    /// 50 random bits, so that two lives of a history do not share a name.
    public static String epoch() {
        long bits = ThreadLocalRandom.current().nextLong() & ((1L << 50) - 1);
        return padded(Long.toUnsignedString(bits, 32), EPOCH_CHARS);
    }

    /// 32 random bits.
    public static String tag() {
        return padded(Integer.toHexString(ThreadLocalRandom.current().nextInt()), 8);
    }

    private static String padded(String digits, int length) {
        return "0".repeat(length - digits.length()) + digits;
    }
}
