package io.hawser.internal.http;

import io.hawser.http.Body;

/// A body that comes off a connection. An engine keeps its own limit on it until a route sets another; going
/// over it is
/// a [io.hawser.LimitExceeded] of the limit `body` in [#read()].
public interface NetworkBody extends Body {
    /// Replaces the limit. Called before the first read.
    void limit(long maxBytes);
}
