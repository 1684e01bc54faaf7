package io.hawser.internal.session;

import io.hawser.session.Session;
import io.hawser.session.SessionHandler;

/// A handler that says something of a session before anybody can find it.
public interface PreparingHandler extends SessionHandler {
    /// Called before `opened`, and before the session is in its registry. Thread: the event loop.
    void prepare(Session session);
}
