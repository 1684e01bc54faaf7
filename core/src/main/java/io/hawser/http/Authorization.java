package io.hawser.http;

import io.hawser.internal.http.CrossedOrigin;
import io.hawser.internal.http.Names;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Supplier;

/// Filters that put a client's credentials into its requests.
///
/// Each leaves a request as it is that has the field already, or that [Redirects] led away from the origin that
/// its caller named: credentials go to nobody else.
public final class Authorization {
    private Authorization() {}

    /// User and password, sent as they are: over TLS only. Source: RFC 7617
    ///
    /// @throws IllegalArgumentException if the user holds a colon
    public static Filter basic(String user, String password) {
        if (user.indexOf(':') >= 0) throw new IllegalArgumentException("user: no colon");
        String pair = user + ":" + password;
        String encoded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        return field(Names.AUTHORIZATION, "Basic " + encoded);
    }

    /// One token for all requests. Source: RFC 6750
    public static Filter bearer(String token) {
        return field(Names.AUTHORIZATION, "Bearer " + token);
    }

    /// The token of the moment: `token` is asked for each request.
    public static Filter bearer(Supplier<String> token) {
        return field(Names.AUTHORIZATION, () -> "Bearer " + token.get());
    }

    /// A field of its own, such as `X-Api-Key`.
    public static Filter field(String name, String value) {
        Headers checked = Headers.of(name, value);
        return field(name, () -> checked.value(name, ""));
    }

    private static Filter field(String name, Supplier<String> value) {
        return (request, next) -> {
            if (request.headers().has(name) || CrossedOrigin.isMarked(request)) return next.handle(request);
            return next.handle(request.withHeader(name, value.get()));
        };
    }
}
