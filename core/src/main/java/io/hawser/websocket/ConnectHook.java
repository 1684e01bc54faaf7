package io.hawser.websocket;

import io.hawser.http.Headers;
import io.hawser.session.Session;

/// Called at each connect of a client: before it for the fields of the handshake, and after it, before
/// anything that waits is sent, to log in and to subscribe.
@FunctionalInterface
public interface ConnectHook {
    /// Does nothing.
    ConnectHook NONE = session -> {};

    /// Fields for the next handshake, in place of those of that name in the configuration: a token that has
    /// not expired by then, for example. None by default.
    ///
    /// Thread: a virtual one, which may block; at the first connect, that of whoever opens the client. The time
    /// that it takes is not within [io.hawser.tcp.ConnectConfig#timeout()]: what may hang has to bound itself.
    ///
    /// @throws Exception to give this attempt up, as one that failed
    default Headers headers() throws Exception {
        return Headers.EMPTY;
    }

    /// Thread: a virtual one, which may block; with a handler that of its `opened`, which on an event loop
    /// must not. What waits to be sent, and whoever opens the client, waits for its return: handshake, hook
    /// and, with a handler, its `opened` have [io.hawser.tcp.ConnectConfig#timeout()] together, by default 3
    /// s.
    ///
    /// @throws Exception to give the connection up; the client tries the next one, or, at the first, is not
    ///     opened
    void connected(Session session) throws Exception;
}
