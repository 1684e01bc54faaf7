package io.hawser.http;

import io.hawser.Bytes;
import io.hawser.internal.http.Credentials;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/// Lets a request pass whose user and password are known, and answers 401 otherwise. Handlers find the
/// [Principal] on the request. Only over TLS or on one machine: the password is sent as it is.
///
/// @param realm told to the user
/// @param verifier gets user and password; an empty answer refuses. It should take the same time either way;
///     what it throws is thrown on
///
/// Source: RFC 7617
public record BasicAuthentication(String realm, BiFunction<String, String, Optional<Principal>> verifier)
        implements Filter {

    /// Knows the users of `passwords`. Compares in constant time, also for a user that does not exist.
    public static BasicAuthentication of(String realm, Map<String, String> passwords) {
        Map<String, String> known = Map.copyOf(passwords);
        return new BasicAuthentication(realm, (user, password) -> {
            String expected = known.getOrDefault(user, "");
            boolean same = Credentials.areEqual(expected, password);
            return same && known.containsKey(user) ? Optional.of(new Principal(user)) : Optional.empty();
        });
    }

    @Override
    public Response filter(Request request, HttpHandler next) throws Exception {
        Optional<Principal> principal = Credentials.ofScheme(request, "Basic").flatMap(this::verify);
        if (principal.isPresent()) return next.handle(principal.get().on(request));
        return Credentials.challenge("Basic realm=" + Credentials.quoted(realm) + ", charset=\"UTF-8\"");
    }

    private Optional<Principal> verify(String encoded) {
        String pair;
        try {
            pair = Bytes.wrap(Base64.getDecoder().decode(encoded)).toUtf8();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
        int colon = pair.indexOf(':');
        return colon < 0 ? Optional.empty() : verifier.apply(pair.substring(0, colon), pair.substring(colon + 1));
    }
}
