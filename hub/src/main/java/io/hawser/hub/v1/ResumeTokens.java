package io.hawser.hub.v1;

import io.hawser.Bytes;
import io.hawser.internal.http.Hmac;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What a client shows to go on with its session: the session, the node that has it, whose it is, and how often
/// it was resumed, signed with a key of the cluster.
///
/// Shape: `PAYLOAD.MAC`, both in base64url without padding; the payload is UTF-8 in fields split by a line
/// feed, the MAC is HMAC-SHA256 of `hawser resume`, a zero byte and the payload. What else is signed with a
/// key of the cluster begins with other words, so that neither counts as the other.
///
/// Thread: safe from any.
final class ResumeTokens {
    /// What a token says.
    ///
    /// @param generation how many tokens of the session came before
    record Claim(String node, String sid, String user, long generation) {}

    /// The keys as they were when they were last asked for, made ready.
    private record Known(List<Bytes> keys, List<Hmac> macs) {
        static Known of(List<Bytes> keys) {
            return new Known(keys, keys.stream().map(Hmac::of).toList());
        }
    }

    private static final int MAX_CHARS = 4096;
    private static final int FIELDS = 4;
    private static final Bytes WHAT_IT_IS = Bytes.ofUtf8("hawser resume\0");
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final Supplier<List<Bytes>> keys;
    private volatile Known known;

    /// @param keys of which the first signs and each verifies; of at least 16 bytes
    ResumeTokens(Supplier<List<Bytes>> keys) {
        for (Bytes key : keys.get()) {
            if (key.size() < 16) throw new IllegalArgumentException("key of " + key.size() + " bytes: at least 16");
        }
        this.keys = keys;
        this.known = Known.of(keys.get());
    }

    String issue(Claim claim) {
        String fields = String.join("\n", claim.node(), claim.sid(), Long.toString(claim.generation()), claim.user());
        byte[] payload = fields.getBytes(StandardCharsets.UTF_8);
        byte[] mac = macs().getFirst().sign(WHAT_IT_IS, Bytes.wrap(payload));
        return ENCODER.encodeToString(payload) + '.' + ENCODER.encodeToString(mac);
    }

    /// What `token` says, if it was issued with one of the keys.
    Optional<Claim> verify(String token) {
        int dot = token.indexOf('.');
        if (dot < 0 || token.length() > MAX_CHARS) return Optional.empty();
        byte[] payload;
        byte[] mac;
        try {
            payload = Base64.getUrlDecoder().decode(token.substring(0, dot));
            mac = Base64.getUrlDecoder().decode(token.substring(dot + 1));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        Bytes signed = Bytes.wrap(payload);
        boolean isOurs = macs().stream().anyMatch(key -> MessageDigest.isEqual(mac, key.sign(WHAT_IT_IS, signed)));
        return isOurs ? parse(signed.toUtf8()) : Optional.empty();
    }

    private static Optional<Claim> parse(String payload) {
        String[] fields = payload.split("\n", FIELDS);
        if (fields.length < FIELDS) return Optional.empty();
        try {
            return Optional.of(new Claim(fields[0], fields[1], fields[3], Long.parseLong(fields[2])));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private List<Hmac> macs() {
        List<Bytes> now = keys.get();
        Known current = known;
        if (!current.keys().equals(now)) known = current = Known.of(now);
        return current.macs();
    }
}
