package io.hawser.hub.config;

import io.hawser.Bytes;
import io.hawser.config.Setting;
import io.hawser.hub.access.AccessConfig;
import io.hawser.hub.access.AuthConfig;
import io.hawser.hub.access.Grant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who may use the hub, and what for.
///
/// @param jwt bearer tokens that are good
/// @param secrets of users who answer a challenge, by name; each at least 16 characters
/// @param certificates whether a client certificate that TLS has verified is a proof, of the name in
///     its subject
/// @param grants what users may do; without, everything
/// @param adminTokenFile what administrators show; `--admin-token-file` and `HAWSER_ADMIN_TOKEN` count
///     before it
/// @param names by which the hub may be addressed on a loopback address, besides `localhost`,
///     `127.0.0.1` and `[::1]`
/// @param origins `scheme://host:port` of other pages that may call
public record AuthSettings(
        Optional<JwtSettings> jwt,
        @Setting(secret = true) Map<String, String> secrets,
        boolean certificates,
        List<GrantSettings> grants,
        Optional<Path> adminTokenFile,
        List<String> names,
        List<String> origins) {
    private static final AuthSettings DEFAULTS = new AuthSettings(
            Optional.empty(), Map.of(), false, List.of(), Optional.empty(), List.of(), List.of());

    public AuthSettings {
        secrets = Map.copyOf(secrets);
        grants = List.copyOf(grants);
        names = List.copyOf(names);
        origins = List.copyOf(origins);
        var _ = AuthConfig.none().withSecrets(bytes(secrets));
    }

    public static AuthSettings defaults() {
        return DEFAULTS;
    }

    private static Map<String, Bytes> bytes(Map<String, String> secrets) {
        Map<String, Bytes> bytes = new HashMap<>();
        secrets.forEach((user, secret) -> bytes.put(user, Bytes.ofUtf8(secret)));
        return bytes;
    }

    /// Without the secrets.
    @Override
    public String toString() {
        return "AuthSettings[jwt=" + jwt + ", secrets of " + secrets.keySet() + ", certificates=" + certificates
                + ", grants=" + grants + ", adminTokenFile=" + adminTokenFile + ", names=" + names + ", origins="
                + origins + "]";
    }

    /// @throws IllegalArgumentException if a file that it names cannot be read
    AccessConfig toConfig() {
        AuthConfig auth = AuthConfig.none()
                .withSecrets(bytes(secrets))
                .withCertificateEnough(certificates)
                .withGrants(grants.stream().map(GrantSettings::toGrant).toArray(Grant[]::new));
        if (jwt.isPresent()) auth = auth.withJwt(jwt.get().toConfig());
        AccessConfig access = AccessConfig.defaults()
                .withAuth(auth)
                .withNames(names.toArray(String[]::new))
                .withOrigins(origins.toArray(String[]::new));
        return adminTokenFile.isPresent() ? access.withAdminToken(read(adminTokenFile.get())) : access;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new IllegalArgumentException("hub.auth.admin_token_file " + file + " cannot be read", e);
        }
    }
}
