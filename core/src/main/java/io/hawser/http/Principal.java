package io.hawser.http;

import io.hawser.session.Key;
import java.util.Optional;

/// Who a request was proved to come from.
///
/// @param name the user, or whatever the token stands for
public record Principal(String name) {
    private static final Key<Principal> KEY = Key.of("principal");

    /// That of `request`, if an authentication filter found one.
    public static Optional<Principal> of(Request request) {
        return request.attribute(KEY);
    }

    /// `request` with this principal.
    public Request on(Request request) {
        return request.withAttribute(KEY, this);
    }
}
