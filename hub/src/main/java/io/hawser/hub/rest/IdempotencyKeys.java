package io.hawser.hub.rest;

import io.hawser.Bytes;
import io.hawser.TimeSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// Which body came with which `Idempotency-Key` to this node, for two minutes, as long as publications are
/// remembered by their `mid`: at most 10,000, of which the oldest is forgotten.
///
/// Thread: safe from any.
///
/// Lock: this monitor guards `seen`.
///
/// Source: draft-ietf-httpapi-idempotency-key-header
final class IdempotencyKeys {
    /// What is known of a key.
    enum Known {
        NOTHING,
        SAME_BODY,
        OTHER_BODY
    }

    private record Seen(Bytes digest, long nanos) {}

    private static final int MOST = 10_000;
    private static final Duration KEPT = Duration.ofMinutes(2);

    private final LinkedHashMap<String, Seen> seen = new LinkedHashMap<>();
    private final TimeSource time;

    IdempotencyKeys(TimeSource time) {
        this.time = time;
    }

    /// Remembers the body that a key of a topic comes with, if it is the first.
    synchronized Known add(String topic, String key, Bytes body) {
        forgetOld();
        Bytes digest = digest(body);
        Seen known = seen.putIfAbsent(topic + ' ' + key, new Seen(digest, time.nanoTime()));
        if (known == null) return Known.NOTHING;
        return known.digest().equals(digest) ? Known.SAME_BODY : Known.OTHER_BODY;
    }

    /// It came first on another node.
    synchronized void forget(String topic, String key) {
        seen.remove(topic + ' ' + key);
    }

    private void forgetOld() {
        long now = time.nanoTime();
        while (!seen.isEmpty()) {
            Map.Entry<String, Seen> oldest = seen.firstEntry();
            if (seen.size() < MOST && now - oldest.getValue().nanos() < KEPT.toNanos()) return;
            seen.pollFirstEntry();
        }
    }

    private static Bytes digest(Bytes body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(body.asByteBuffer());
            return Bytes.wrap(digest.digest());
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new AssertionError(everyPlatformHasIt);
        }
    }
}
