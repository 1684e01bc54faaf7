package io.hawser.hub.access;

import io.hawser.websocket.Origins;
import java.util.Optional;
import java.util.Set;

/// Who may use the hub.
///
/// @param adminToken what administrators show; needed on an address that is no loopback address
/// @param names by which the hub may be addressed on a loopback address, besides `localhost`,
///     `127.0.0.1` and `[::1]`; default none
/// @param origins `scheme://host:port` of other pages that may call; default none
/// @param auth how users prove who they are
public record AccessConfig(Optional<String> adminToken, Set<String> names, Set<String> origins, AuthConfig auth) {
    private static final AccessConfig DEFAULTS =
            new AccessConfig(Optional.empty(), Set.of(), Set.of(), AuthConfig.none());

    public AccessConfig {
        names = Set.copyOf(names);
        origins = Set.copyOf(origins);
        var _ = Origins.of(origins.toArray(String[]::new));
        if (adminToken.isPresent() && adminToken.get().isBlank()) {
            throw new IllegalArgumentException("adminToken: empty");
        }
    }

    /// Looks at the file of keys that tokens are signed with, if there is one.
    ///
    /// @throws io.hawser.StartupFailed if it cannot be read, or holds no keys
    public void check() {
        auth.jwt().flatMap(JwtConfig::keySet).ifPresent(KeySetFile::new);
    }

    public static AccessConfig defaults() {
        return DEFAULTS;
    }

    public AccessConfig withAdminToken(String changed) {
        return new AccessConfig(Optional.of(changed), names, origins, auth);
    }

    public AccessConfig withNames(String... changed) {
        return new AccessConfig(adminToken, Set.of(changed), origins, auth);
    }

    public AccessConfig withOrigins(String... changed) {
        return new AccessConfig(adminToken, names, Set.of(changed), auth);
    }

    public AccessConfig withAuth(AuthConfig changed) {
        return new AccessConfig(adminToken, names, origins, changed);
    }

    /// Without the token.
    @Override
    public String toString() {
        return "AccessConfig[adminToken=" + (adminToken.isPresent() ? "..." : "none") + ", names=" + names
                + ", origins=" + origins + ", auth=" + auth + "]";
    }
}
