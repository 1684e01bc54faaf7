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
    public <F> @Nullable F encoded(Headers headers, Class<F> form) {
        Object kept = headers.encoded;
        if (form.isInstance(kept)) return form.cast(kept);
        if (!(kept instanceof Both both)) return null;
        return form.cast(form.isInstance(both.first) ? both.first : both.second);
    }

    @Override
    public void encoded(Headers headers, Object form) {
        Object kept = headers.encoded;
        Object other = kept;
        if (kept instanceof Both both) other = both.first.getClass() == form.getClass() ? both.second : both.first;
        headers.encoded = other == null || other.getClass() == form.getClass() ? form : new Both(other, form);
    }

    private record Both(Object first, Object second) {}
}
