package io.hawser.hub.config;

import io.hawser.Bytes;
import io.hawser.config.Setting;
import io.hawser.hub.access.JwtKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A key that signs tokens: either a secret or a file.
///
/// @param id the `kid` of its tokens; empty if they have none
/// @param secret for `HS256`, of at least 32 characters
/// @param file a public key in PEM, for the other algorithms
public record JwtKeySettings(String id, @Setting(secret = true) Optional<String> secret, Optional<Path> file) {
    private static final JwtKeySettings DEFAULTS = new JwtKeySettings("", Optional.empty(), Optional.empty());

    public static JwtKeySettings defaults() {
        return DEFAULTS;
    }

    /// Without the secret.
    @Override
    public String toString() {
        return "JwtKeySettings[id=" + id + ", file=" + file + "]";
    }

    /// @throws IllegalArgumentException if it is neither or both, or the file cannot be read
    JwtKey toKey() {
        if (secret.isPresent() == file.isPresent()) {
            throw new IllegalArgumentException("hub.auth.jwt.keys: each has a secret or a file");
        }
        if (secret.isPresent()) return JwtKey.secret(id, Bytes.ofUtf8(secret.get()));
        Path pem = file.orElseThrow();
        try {
            return JwtKey.publicKey(id, Files.readString(pem));
        } catch (IOException e) {
            throw new IllegalArgumentException("hub.auth.jwt.keys: file " + pem + " cannot be read", e);
        }
    }
}
