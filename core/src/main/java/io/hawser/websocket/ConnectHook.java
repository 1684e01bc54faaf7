package io.hawser.websocket;

import io.hawser.session.Session;

/// Called after each connect of a client, before anything that waits is sent: the place to log in and to
/// subscribe.
@FunctionalInterface
public interface ConnectHook {
    /// Does nothing.
    ConnectHook NONE = session -> {};

    /// Thread: a virtual one, which may block.
    ///
    /// @throws Exception to give the connection up; the client tries the next one
    void connected(Session session) throws Exception;
}
