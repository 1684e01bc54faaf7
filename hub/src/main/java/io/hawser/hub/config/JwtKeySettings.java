package io.hawser.hub.config;

import io.hawser.Bytes;
import io.hawser.config.Setting;
import io.hawser.hub.access.JwtKey;
import java.util.Optional;

/// A key that signs tokens: a secret, or the public half of a pair.
///
/// @param id the `kid` of its tokens
/// @param secret for HS256, at least 32 bytes
/// @param publicKey for the others, in PEM: of RSA, P-256 or Ed25519
public record JwtKeySettings(
        Optional<String> id, @Setting(secret = true) Optional<String> secret, Optional<String> publicKey) {
    public JwtKeySettings {
        if (secret.isPresent() == publicKey.isPresent()) {
            throw new IllegalArgumentException("secret or public_key: one of them");
        }
        var _ = key(id, secret, publicKey);
    }

    JwtKey toKey() {
        return key(id, secret, publicKey);
    }

    /// Without the secret.
    @Override
    public String toString() {
        return "JwtKeySettings[id=" + id + ", publicKey=" + publicKey + "]";
    }

    private static JwtKey key(Optional<String> id, Optional<String> secret, Optional<String> publicKey) {
        return secret.isPresent()
                ? JwtKey.secret(id.orElse(""), Bytes.ofUtf8(secret.get()))
                : JwtKey.publicKey(id.orElse(""), publicKey.orElse(""));
    }
}
