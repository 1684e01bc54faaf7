package io.hawser.hub.access;

import io.hawser.Endpoint;
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
/// @param leeway by how much clocks may differ; default 30 s
///
/// Source: RFC 7519, RFC 7517, RFC 8725
public record JwtConfig(
        Set<JwtAlgorithm> algorithms,
        List<JwtKey> keys,
        Optional<Path> keySet,
        Optional<URI> keySetUrl,
        Optional<String> issuer,
        Optional<String> audience,
        Duration leeway) {
    public JwtConfig {
        algorithms = Set.copyOf(algorithms);
        keys = List.copyOf(keys);
        if (algorithms.isEmpty()) throw new IllegalArgumentException("algorithms: at least one");
        if (keys.isEmpty() && keySet.isEmpty() && keySetUrl.isEmpty()) {
            throw new IllegalArgumentException("keys: at least one, or a keySet");
        }
        keySetUrl.ifPresent(JwtConfig::checkUrl);
        if (leeway.isNegative()) throw new IllegalArgumentException("leeway " + leeway + ": 0 or more");
    }

    private static void checkUrl(URI url) {
        boolean isHere = url.getHost() != null && Endpoint.of(url.getHost(), 1).isLoopback();
        boolean isGood = "https".equals(url.getScheme()) || ("http".equals(url.getScheme()) && isHere);
        if (!isGood || url.getHost() == null) {
            throw new IllegalArgumentException("keySetUrl " + url + ": https://, or http:// on this machine");
        }
    }

    /// Tokens that one of `keys` has signed with `algorithm`.
    public static JwtConfig of(JwtAlgorithm algorithm, JwtKey... keys) {
        return new JwtConfig(
                Set.of(algorithm),
                List.of(keys),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(30));
    }

    /// Tokens that a key of the file has signed with one of `algorithms`.
    public static JwtConfig of(Path keySet, JwtAlgorithm... algorithms) {
        return new JwtConfig(
                Set.of(algorithms),
                List.of(),
                Optional.of(keySet),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(30));
    }

    /// Tokens that a key which the issuer publishes there has signed with one of `algorithms`.
    public static JwtConfig of(URI keySetUrl, JwtAlgorithm... algorithms) {
        return new JwtConfig(
                Set.of(algorithms),
                List.of(),
                Optional.empty(),
                Optional.of(keySetUrl),
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(30));
    }

    public JwtConfig withIssuer(String changed) {
        return new JwtConfig(algorithms, keys, keySet, keySetUrl, Optional.of(changed), audience, leeway);
    }

    public JwtConfig withAudience(String changed) {
        return new JwtConfig(algorithms, keys, keySet, keySetUrl, issuer, Optional.of(changed), leeway);
    }

    public JwtConfig withLeeway(Duration changed) {
        return new JwtConfig(algorithms, keys, keySet, keySetUrl, issuer, audience, changed);
    }
}
