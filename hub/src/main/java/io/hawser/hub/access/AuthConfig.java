package io.hawser.hub.access;

import io.hawser.Bytes;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How peers prove who they are. Any of the ways is enough; with none, everyone may connect, which is
/// for loopback addresses only.
///
/// @param jwt bearer tokens; default none are known
/// @param secrets of users who answer a challenge, by name, each of at least 16 bytes; default none
/// @param isCertificateEnough whether a client certificate that TLS has verified is a proof, of the
///     name in its subject; default false
/// @param hook another way; default none
/// @param grants what users may do then; default, with none: everything
public record AuthConfig(
        Optional<JwtConfig> jwt,
        Map<String, Bytes> secrets,
        boolean isCertificateEnough,
        Optional<AuthHook> hook,
        List<Grant> grants) {
    private static final AuthConfig NONE =
            new AuthConfig(Optional.empty(), Map.of(), false, Optional.empty(), List.of());
    private static final int LEAST_SECRET_BYTES = 16;

    public AuthConfig {
        secrets = Map.copyOf(secrets);
        grants = List.copyOf(grants);
        secrets.forEach((user, secret) -> {
            if (user.isEmpty()) throw new IllegalArgumentException("secrets: a user without a name");
            if (secret.size() < LEAST_SECRET_BYTES) {
                throw new IllegalArgumentException(
                        "secret of " + user + ": " + secret.size() + " bytes, at least " + LEAST_SECRET_BYTES);
            }
        });
    }

    /// Nobody has to prove anything.
    public static AuthConfig none() {
        return NONE;
    }

    /// Whether nobody has to prove anything.
    public boolean isNone() {
        return jwt.isEmpty() && secrets.isEmpty() && !isCertificateEnough && hook.isEmpty();
    }

    public AuthConfig withJwt(JwtConfig changed) {
        return new AuthConfig(Optional.of(changed), secrets, isCertificateEnough, hook, grants);
    }

    public AuthConfig withSecrets(Map<String, Bytes> changed) {
        return new AuthConfig(jwt, changed, isCertificateEnough, hook, grants);
    }

    public AuthConfig withCertificateEnough(boolean changed) {
        return new AuthConfig(jwt, secrets, changed, hook, grants);
    }

    public AuthConfig withHook(AuthHook changed) {
        return new AuthConfig(jwt, secrets, isCertificateEnough, Optional.of(changed), grants);
    }

    public AuthConfig withGrants(Grant... changed) {
        return new AuthConfig(jwt, secrets, isCertificateEnough, hook, List.of(changed));
    }

    /// Without the secrets.
    @Override
    public String toString() {
        return "AuthConfig[jwt=" + jwt + ", secrets of " + secrets.keySet() + ", isCertificateEnough="
                + isCertificateEnough + ", hook=" + hook.isPresent() + ", grants=" + grants + "]";
    }
}
