package io.hawser.http;

import java.time.Duration;
import java.util.Objects;

/// Where a service gets its access tokens, and as whom.
///
/// @param tokenUrl of the authorization server's token endpoint, absolute
/// @param clientId of the service
/// @param clientSecret of the service
/// @param scope what the token is for, separated by spaces; empty: what the server gives
/// @param refreshBefore how long before its end a token is replaced; default 60 s, and never more than a tenth of
///     its life
public record ClientCredentialsConfig(
        String tokenUrl, String clientId, String clientSecret, String scope, Duration refreshBefore) {

    public ClientCredentialsConfig {
        if (!tokenUrl.startsWith("https://") && !tokenUrl.startsWith("http://")) {
            throw new IllegalArgumentException("tokenUrl " + tokenUrl + ": an absolute http or https URL");
        }
        if (clientId.isEmpty()) throw new IllegalArgumentException("clientId: empty");
        Objects.requireNonNull(clientSecret, "clientSecret");
        Objects.requireNonNull(scope, "scope");
        if (refreshBefore.isNegative()) throw new IllegalArgumentException("refreshBefore: at least 0");
    }

    public static ClientCredentialsConfig of(String tokenUrl, String clientId, String clientSecret) {
        return new ClientCredentialsConfig(tokenUrl, clientId, clientSecret, "", Duration.ofSeconds(60));
    }

    public ClientCredentialsConfig withScope(String changed) {
        return new ClientCredentialsConfig(tokenUrl, clientId, clientSecret, changed, refreshBefore);
    }

    public ClientCredentialsConfig withRefreshBefore(Duration changed) {
        return new ClientCredentialsConfig(tokenUrl, clientId, clientSecret, scope, changed);
    }

    /// Without the secret.
    @Override
    public String toString() {
        return "ClientCredentialsConfig[" + clientId + " at " + tokenUrl + "]";
    }
}
