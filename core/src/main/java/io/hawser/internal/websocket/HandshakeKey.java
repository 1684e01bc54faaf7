package io.hawser.internal.websocket;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/// The key of a client and the answer to it, which shows that a server knows the protocol.
///
/// Source: RFC 6455, sections 4.1 and 4.2.2
final class HandshakeKey {
    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int KEY_BYTES = 16;
    private static final int KEY_CHARS = 24;
    private static final SecureRandom RANDOM = new SecureRandom();
    /// Never used, only copied: to ask the providers for one takes longer than the digest.
    private static final MessageDigest SHA_1 = sha1();

    private HandshakeKey() {}

    static String next() {
        byte[] key = new byte[KEY_BYTES];
        RANDOM.nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    /// Whether `key` is the base64 form of 16 bytes.
    static boolean isKey(String key) {
        if (key.length() != KEY_CHARS) return false;
        try {
            return Base64.getDecoder().decode(key).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    static String answer(String key) {
        byte[] digest = copy().digest((key + MAGIC).getBytes(US_ASCII));
        return Base64.getEncoder().encodeToString(digest);
    }

    private static MessageDigest copy() {
        try {
            return (MessageDigest) SHA_1.clone();
        } catch (CloneNotSupportedException e) {
            return sha1(); // a provider may be like that
        }
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
