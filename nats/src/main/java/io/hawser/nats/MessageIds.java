package io.hawser.nats;

import io.hawser.cluster.Publication;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Pattern;

/// The `Nats-Msg-Id` of a publication: NATS counts it for the whole stream, so it is made of topic,
/// principal and
/// `mid`, each with its length before it.
final class MessageIds {
    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_-]{43}");

    private MessageIds() {}

    static String of(Publication publication) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
        add(digest, publication.topic().name());
        add(digest, publication.principal());
        add(digest, publication.mid());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest());
    }

    /// Whether it may be one of [#of].
    static boolean isOne(String text) {
        return SHAPE.matcher(text).matches();
    }

    private static void add(MessageDigest digest, String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update((byte) (bytes.length >> 8));
        digest.update((byte) bytes.length);
        digest.update(bytes);
    }
}
