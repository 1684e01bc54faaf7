package io.hawser.hub.config;

import io.hawser.config.Setting;
import io.hawser.hub.access.JwtAlgorithm;
import io.hawser.hub.access.JwtConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which JSON Web Tokens are good. A token needs `sub`, the user, and `exp`.
///
/// @param algorithms how they may be signed; what a token says of itself changes nothing about that
/// @param keys that sign them
/// @param keySet a file with more keys, a JSON Web Key Set, which is read again when it changes
/// @param keySetUrl where the issuer publishes such a set: `https://`, or `http://` on this machine
/// @param issuer what `iss` has to be
/// @param audience what `aud` has to hold
/// @param leeway by how much clocks may differ
public record JwtSettings(
        @Setting(required = true) List<JwtAlgorithm> algorithms,
        List<JwtKeySettings> keys,
        Optional<Path> keySet,
        Optional<URI> keySetUrl,
        Optional<String> issuer,
        Optional<String> audience,
        Duration leeway) {
    private static final JwtSettings DEFAULTS = new JwtSettings(
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Duration.ofSeconds(30));

    public JwtSettings {
        algorithms = List.copyOf(algorithms);
        keys = List.copyOf(keys);
        if (!algorithms.isEmpty() && keys.isEmpty() && keySet.isEmpty() && keySetUrl.isEmpty()) {
            throw new IllegalArgumentException("keys: at least one, or a key_set or key_set_url");
        }
        if (leeway.isNegative()) throw new IllegalArgumentException("leeway " + leeway + ": 0 or more");
    }

    /// All but the algorithms, which have no default.
    public static JwtSettings defaults() {
        return DEFAULTS;
    }

    JwtConfig toConfig() {
        return new JwtConfig(
                Set.copyOf(algorithms),
                keys.stream().map(JwtKeySettings::toKey).toList(),
                keySet,
                keySetUrl,
                issuer,
                audience,
                leeway);
    }
}
