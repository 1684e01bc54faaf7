package io.hawser.hub.config;

import io.hawser.config.Setting;
import io.hawser.hub.access.JwtAlgorithm;
import io.hawser.hub.access.JwtConfig;
import io.hawser.hub.access.JwtKey;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which JSON Web Tokens are good: a token needs `sub`, the user, and `exp`.
///
/// @param algorithms how they may be signed: `HS256`, `RS256`, `ES256`, `EdDSA`
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
    }

    /// All but the algorithms and keys, which have no default.
    public static JwtSettings defaults() {
        return DEFAULTS;
    }

    JwtConfig toConfig() {
        List<JwtKey> all = new ArrayList<>();
        for (JwtKeySettings key : keys) all.add(key.toKey());
        return new JwtConfig(Set.copyOf(algorithms), all, keySet, keySetUrl, issuer, audience, leeway);
    }
}
