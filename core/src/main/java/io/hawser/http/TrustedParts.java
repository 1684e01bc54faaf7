package io.hawser.http;

import io.hawser.internal.http.HttpParts;
import org.jspecify.annotations.Nullable;

final class TrustedParts extends HttpParts {
    @Override
    public Headers headers(String[] pairs, int length) {
        return length == 0 ? Headers.EMPTY : new Headers(pairs, length);
    }

    @Override
    public Request request(Method method, String target, Headers headers, Body body, Peer peer) {
        return new Request(method, target, headers, body, peer, null, null);
    }

    @Override
    public @Nullable Object encoded(Headers headers) {
        return headers.encoded;
    }

    @Override
    public void encoded(Headers headers, Object form) {
        headers.encoded = form;
    }
}
