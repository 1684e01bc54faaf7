package io.hawser.internal.http;

import io.hawser.http.Problem;
import io.hawser.http.Request;
import io.hawser.http.Response;
import io.hawser.http.Status;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;

/// The field `Authorization`. Source: RFC 9110 section 11
public final class Credentials {
    private Credentials() {}

    /// What follows the name of `scheme`; empty where the field has another scheme, or is there twice.
    public static Optional<String> ofScheme(Request request, String scheme) {
        List<String> fields = request.headers().all(Names.AUTHORIZATION);
        if (fields.size() != 1) return Optional.empty();
        String field = fields.getFirst();
        int space = field.indexOf(' ');
        if (space < 0 || !field.substring(0, space).equalsIgnoreCase(scheme)) return Optional.empty();
        return Optional.of(Tokens.trim(field.substring(space)));
    }

    /// 401 with that challenge.
    public static Response challenge(String challenge) {
        return Problem.of(Status.UNAUTHORIZED).response().withHeader(Names.WWW_AUTHENTICATE, challenge);
    }

    /// `text` as a quoted string.
    public static String quoted(String text) {
        return FieldLists.quote(text);
    }

    /// Whether `token` may be sent with `Bearer`: what servers give has more characters than RFC 6750
    /// section 2.1 has, such as `!`. Source: RFC 6749 appendix A.12, without the space
    public static boolean isBearerToken(String token) {
        return !token.isEmpty() && token.chars().allMatch(c -> c > ' ' && c <= '~');
    }

    /// Whether the two are the same, in a time that tells neither where they differ nor how long the secret is.
    public static boolean areEqual(String secret, String given) {
        return MessageDigest.isEqual(digest(secret), digest(given));
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new AssertionError(everyPlatformHasIt);
        }
    }
}
