package io.hawser.internal.http;

import io.hawser.http.Request;
import io.hawser.session.Key;

/// The mark of a request that a redirect led away from the origin that its caller named: what authenticates the
/// caller must not be added to it.
public final class CrossedOrigin {
    private static final Key<Boolean> MARK = Key.of("redirected to another origin");

    private CrossedOrigin() {}

    public static Request mark(Request request) {
        return request.withAttribute(MARK, true);
    }

    /// `request`, sent to `url` instead: marked and without credentials where that is of another origin.
    public static Request to(Request request, String url) {
        Request moved = request.withTarget(url).withoutHeader(Names.HOST);
        if (Origin.of(moved).equals(Origin.of(request))) return moved;
        return mark(moved.withoutHeader(Names.AUTHORIZATION)
                .withoutHeader(Names.COOKIE)
                .withoutHeader(Names.PROXY_AUTHORIZATION));
    }

    public static boolean isMarked(Request request) {
        return request.attribute(MARK).isPresent();
    }
}
