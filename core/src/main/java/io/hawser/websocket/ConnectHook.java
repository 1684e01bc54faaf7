package io.hawser.websocket;

import io.hawser.session.Session;

/// Called after each connect of a client, before anything that waits is sent: the place to log in and to
/// subscribe.
@FunctionalInterface
public interface ConnectHook {
    /// Does nothing.
    ConnectHook NONE = session -> {};

    /// Thread: a virtual one, which may block. What waits to be sent, and whoever opens the client, waits
    /// for its return: handshake and hook have [io.hawser.tcp.ConnectConfig#timeout()] together, by default
    /// 3 s.
    ///
    /// @throws Exception to give the connection up; the client tries the next one, or, at the first, is not
    ///     opened
    void connected(Session session) throws Exception;
}
