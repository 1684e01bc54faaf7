package io.hawser.messaging;

import io.hawser.internal.pipeline.AeadSuite;
import io.hawser.internal.pipeline.Opening;
import io.hawser.internal.pipeline.Sealing;
import java.util.Map;
import java.util.Optional;

/// Encrypts and authenticates each payload with a key of a [KeyRing].
///
/// Each connection and direction has keys of its own, and each message its number, so a message that was changed,
/// repeated, left out, reordered, sent back or moved to another connection or frame type is refused. There is no
/// forward secrecy: who learns a secret of the ring can read what was recorded before. For that, use TLS as well.
///
/// Source: RFC 5116, RFC 8439, RFC 5869; `docs/PIPELINE.md` has the wire format.
public final class Encryption implements Stage {
    private final AeadSuite suite;
    private final KeyRing keys;

    private Encryption(AeadSuite suite, KeyRing keys) {
        this.suite = suite;
        this.keys = keys;
    }

    /// AES-256 in Galois/Counter Mode: the faster one where the processor has AES instructions.
    public static Encryption aes256Gcm(KeyRing keys) {
        return new Encryption(AeadSuite.AES_256_GCM, keys);
    }

    /// ChaCha20 with Poly1305.
    public static Encryption chaCha20Poly1305(KeyRing keys) {
        return new Encryption(AeadSuite.CHACHA20_POLY1305, keys);
    }

    @Override
    public String name() {
        return suite.stageName();
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
        return Sealing.MAX_OVERHEAD_BYTES;
    }

    @Override
    public Transform sending(StageContext context) {
        return new Sealing(suite, keys.secrets, context);
    }

    @Override
    public Transform receiving(StageContext context) {
        return new Opening(suite, keys.secrets, context);
    }

    @Override
    public String toString() {
        return "Encryption[" + name() + ", " + keys + "]";
    }
}
