package io.hawser.internal.http;

import io.hawser.http.Body;

/// A body that comes off a connection. The server keeps its own limit on it until a route sets another;
/// what goes over it, or says that it will, is a [io.hawser.LimitExceeded] in [#read()].
public interface NetworkBody extends Body {
    /// Sets a limit in place of the server's; of several the least counts. Called before the first read.
    void limit(long maxBytes);

    /// Whether it has more bytes than there may be, or has said that it will.
    boolean isTooLong();

    /// Looks whether it is within its limit, as far as that is known before it is read.
    ///
    /// @throws io.hawser.LimitExceeded if not
    void check();
}
