package io.hawser.http;

import io.hawser.internal.http.Credentials;
import java.util.Optional;
import java.util.function.Function;

/// Lets a request pass whose bearer token is known, and answers 401 otherwise. Handlers find the [Principal] on
/// the
/// request.
///
/// @param realm told to the client
/// @param verifier gets the token; an empty answer refuses
///
/// Source: RFC 6750
public record BearerAuthentication(String realm, Function<String, Optional<Principal>> verifier) implements Filter {

    /// Knows one token, which stands for `principal`. Compares in constant time.
    public static BearerAuthentication of(String realm, String token, Principal principal) {
        if (token.isEmpty()) throw new IllegalArgumentException("token: empty");
        return new BearerAuthentication(
                realm, given -> Credentials.areEqual(token, given) ? Optional.of(principal) : Optional.empty());
    }

    @Override
    public Response filter(Request request, HttpHandler next) throws Exception {
        Optional<String> token = Credentials.ofScheme(request, "Bearer");
        Optional<Principal> principal = token.flatMap(verifier);
        if (principal.isPresent()) return next.handle(principal.get().on(request));
        String challenge = "Bearer realm=" + Credentials.quoted(realm);
        return Credentials.challenge(token.isEmpty() ? challenge : challenge + ", error=\"invalid_token\"");
    }
}
