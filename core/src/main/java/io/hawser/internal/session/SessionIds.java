package io.hawser.internal.session;

import java.util.SplittableRandom;

/// Session ids: 65 random bits in 13 characters that can be read aloud.
public final class SessionIds {
    private static final char[] ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
    private static final int LENGTH = 13;
    private static final SplittableRandom ROOT = new SplittableRandom();
    private static final ThreadLocal<SplittableRandom> RANDOM = ThreadLocal.withInitial(SessionIds::split);

    private SessionIds() {}

    public static String next() {
        SplittableRandom random = RANDOM.get();
        byte[] id = new byte[LENGTH];
        long bits = random.nextLong();
        for (int i = 0; i < LENGTH - 1; i++) {
            id[i] = (byte) ALPHABET[(int) (bits & 31)];
            bits >>>= 5;
        }
        id[LENGTH - 1] = (byte) ALPHABET[random.nextInt(32)];
        return new String(id, java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    private static synchronized SplittableRandom split() {
        return ROOT.split();
    }
}
