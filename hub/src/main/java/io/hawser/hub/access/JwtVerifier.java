package io.hawser.hub.access;

import java.security.Key;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.UnresolvableKeyException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads JSON Web Tokens.
///
/// Which algorithm a token may have is fixed by the configuration, and a key fits one kind of
/// algorithm only, so no token can have its public key taken for a secret.
///
/// Thread: safe from any.
final class JwtVerifier {
    private static final Logger LOG = LoggerFactory.getLogger(JwtVerifier.class);
    private static final int MAX_TOKEN_CHARS = 8 << 10;

    private final JwtConsumer consumer;
    private final List<JwtKey> keys;
    private final Duration leeway;
    private final Optional<KeySetFile> keySet;
    private final Optional<KeySetUrl> published;

    JwtVerifier(JwtConfig config) {
        this.keys = config.keys();
        this.leeway = config.leeway();
        this.keySet = config.keySet().map(KeySetFile::new);
        this.published = config.keySetUrl().map(KeySetUrl::new);
        JwtConsumerBuilder builder = new JwtConsumerBuilder()
                .setRequireSubject()
                .setRequireExpirationTime()
                .setAllowedClockSkewInSeconds((int) config.leeway().toSeconds())
                .setJwsAlgorithmConstraints(new AlgorithmConstraints(
                        ConstraintType.PERMIT,
                        config.algorithms().stream().map(JwtAlgorithm::wireName).toArray(String[]::new)))
                .setVerificationKeyResolver(new KeysById());
        config.issuer().ifPresent(builder::setExpectedIssuer);
        if (config.audience().isPresent())
            builder.setExpectedAudience(config.audience().get());
        else builder.setSkipDefaultAudienceValidation();
        this.consumer = builder.build();
    }

    /// Whose token that is, and until when. Its key may have to be fetched first.
    CompletableFuture<TokenOwner> owner(String token) {
        TokenOwner known = verify(token);
        if (known.isKnown() || published.isEmpty()) return CompletableFuture.completedFuture(known);
        return published.get().refresh().thenApply(fetched -> verify(token));
    }

    private TokenOwner verify(String token) {
        if (token.length() > MAX_TOKEN_CHARS) return TokenOwner.NOBODY;
        try {
            JwtClaims claims = consumer.processToClaims(token);
            NumericDate expires = claims.getExpirationTime();
            if (claims.getSubject().isEmpty()) return TokenOwner.NOBODY;
            return TokenOwner.of(Identity.of(claims.getSubject())
                    .withExpiresAt(Instant.ofEpochSecond(expires.getValue()).plus(leeway)));
        } catch (InvalidJwtException e) {
            tell(e, token);
            // Its signature is looked at first, then everything else, so this is all that is wrong.
            boolean isMerelyOld = e.hasExpired() && e.getErrorDetails().size() == 1;
            return isMerelyOld ? TokenOwner.FORMER : TokenOwner.NOBODY;
        } catch (MalformedClaimException | IllegalArgumentException e) {
            tell(e, token);
            return TokenOwner.NOBODY;
        }
    }

    private static void tell(Exception wrong, String token) {
        if (!LOG.isDebugEnabled()) return;
        LOG.debug("a token is not good: {}", withoutToken(String.valueOf(wrong.getMessage()), token));
    }

    /// One that is not good here may be good elsewhere, or have been until now.
    private static String withoutToken(String why, String token) {
        String signature = token.substring(token.lastIndexOf('.') + 1);
        String cut = token.isEmpty() ? why : why.replace(token, "...");
        return signature.isEmpty() ? cut : cut.replace(signature, "...");
    }

    private final class KeysById implements VerificationKeyResolver {
        @Override
        public Key resolveKey(JsonWebSignature signature, List<JsonWebStructure> nesting)
                throws UnresolvableKeyException {
            String id = signature.getKeyIdHeaderValue();
            String algorithm = signature.getAlgorithmHeaderValue();
            List<Key> fitting = new ArrayList<>();
            for (JwtKey each : keys) {
                boolean isNamed = id == null || each.id().isEmpty() || each.id().equals(id);
                if (isNamed && fits(each.key(), algorithm)) fitting.add(each.key());
            }
            if (keySet.isPresent()) {
                keySet.get().keys(id).stream()
                        .filter(key -> fits(key, algorithm))
                        .forEach(fitting::add);
            }
            if (published.isPresent()) {
                published.get().keys(id).stream()
                        .filter(key -> fits(key, algorithm))
                        .forEach(fitting::add);
            }
            if (fitting.size() == 1) return fitting.getFirst();
            throw new UnresolvableKeyException(fitting.size() + " keys for " + algorithm + " and kid " + id);
        }
    }

    private static boolean fits(Key key, String algorithm) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> algorithm.equals(JwtAlgorithm.RS256.wireName());
            case "EC" -> algorithm.equals(JwtAlgorithm.ES256.wireName());
            case "EdDSA", "Ed25519" -> algorithm.equals(JwtAlgorithm.EDDSA.wireName());
            default -> algorithm.equals(JwtAlgorithm.HS256.wireName());
        };
    }
}
