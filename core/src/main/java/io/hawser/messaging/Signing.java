package io.hawser.messaging;

import io.hawser.internal.pipeline.Signer;
import io.hawser.internal.pipeline.Verifier;
import java.util.Map;
import java.util.Optional;

/// Authenticates each payload with a key of a [KeyRing], and leaves it readable.
///
/// It promises what [Encryption] does, but for secrecy: encrypted payloads need no signature as well.
///
/// Source: RFC 2104, RFC 5869; `docs/PIPELINE.md` has the wire format.
public final class Signing implements Stage {
    private final KeyRing keys;

    private Signing(KeyRing keys) {
        this.keys = keys;
    }

    /// HMAC with SHA-256.
    public static Signing hmacSha256(KeyRing keys) {
        return new Signing(keys);
    }

    @Override
    public String name() {
        return "hmac-sha256";
    }

    @Override
    public Map<String, String> parameters() {
        return keys.secrets.offer();
    }

    @Override
    public Optional<String> objection(Map<String, String> offered) {
        return keys.secrets.objection(offered);
    }

    @Override
    public int overheadBytes() {
        return Signer.MAX_OVERHEAD_BYTES;
    }

    @Override
    public Transform sending(StageContext context) {
        return new Signer(keys.secrets, context);
    }

    @Override
    public Transform receiving(StageContext context) {
        return new Verifier(keys.secrets, context);
    }

    @Override
    public String toString() {
        return "Signing[" + name() + ", " + keys + "]";
    }
}
