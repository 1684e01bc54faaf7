package io.hawser.internal.http;

import java.security.SecureRandom;
import java.util.concurrent.ThreadLocalRandom;

/// Names that do not come twice, of letters and digits.
public final class RandomText {
    private static final String ALPHABET = "0123456789abcdefghijklmnopqrstuv";
    private static final SecureRandom SECURE = new SecureRandom();

    private RandomText() {}

    /// `length` characters of 5 bits each. They can be guessed: for logs and boundaries, not for secrets.
    public static String next(int length) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) text.append(ALPHABET.charAt(random.nextInt(32)));
        return text.toString();
    }

    /// `length` characters of 5 bits each that nobody can guess.
    public static String secret(int length) {
        byte[] bytes = new byte[length];
        SECURE.nextBytes(bytes);
        StringBuilder text = new StringBuilder(length);
        for (byte b : bytes) text.append(ALPHABET.charAt(b & 31));
        return text.toString();
    }
}
