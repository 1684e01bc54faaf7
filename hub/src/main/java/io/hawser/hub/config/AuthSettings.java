package io.hawser.hub.config;

import io.hawser.Bytes;
import io.hawser.config.Setting;
import io.hawser.hub.access.AuthConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How users prove who they are; any of the ways is enough.
///
/// @param jwt bearer tokens
/// @param secrets of users who answer a challenge, by name, each of at least 16 bytes
/// @param certificates whether a client certificate that TLS has verified is a proof, of the name in its
///     subject
/// @param grants what users may do; without: everything
public record AuthSettings(
        Optional<JwtSettings> jwt,
        @Setting(secret = true) Map<String, String> secrets,
        boolean certificates,
        List<GrantSettings> grants) {
    private static final AuthSettings DEFAULTS = new AuthSettings(Optional.empty(), Map.of(), false, List.of());

    public AuthSettings {
        secrets = new LinkedHashMap<>(secrets);
        grants = List.copyOf(grants);
        var _ = config(jwt, secrets, certificates, grants);
    }

    public static AuthSettings defaults() {
        return DEFAULTS;
    }

    AuthConfig toConfig() {
        return config(jwt, secrets, certificates, grants);
    }

    /// Without the secrets.
    @Override
    public String toString() {
        return "AuthSettings[jwt=" + jwt + ", secrets of " + secrets.keySet() + ", certificates=" + certificates
                + ", grants=" + grants + "]";
    }

    private static AuthConfig config(
            Optional<JwtSettings> jwt, Map<String, String> secrets, boolean certificates, List<GrantSettings> grants) {
        Map<String, Bytes> bytes = new LinkedHashMap<>();
        secrets.forEach((user, secret) -> bytes.put(user, Bytes.ofUtf8(secret)));
        return new AuthConfig(
                jwt.map(JwtSettings::toConfig),
                bytes,
                certificates,
                Optional.empty(),
                grants.stream().map(GrantSettings::toGrant).toList());
    }
}
