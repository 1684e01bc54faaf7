package io.hawser.internal.http;

import io.hawser.http.Request;

/// Requests that are sent a second time.
public final class Again {
    private Again() {}

    /// Whether there is all that it takes.
    public static boolean isPossible(Request request) {
        return request.body().isReplayable();
    }

    /// `request` with its body from the beginning, where it can be read again.
    public static Request of(Request request) {
        if (!isPossible(request)) return request;
        return request.withBody(request.body().fromStart()).withHeaders(request.headers());
    }
}
