package io.hawser.hub;

import io.hawser.hub.v1.BareSessions;
import io.hawser.internal.session.PreparingHandler;
import io.hawser.session.ForwardingHandler;
import io.hawser.session.Session;
import io.hawser.session.SessionHandler;

/// The handler of sessions that get nothing of what others send, because anybody may open them.
record ApartHandler(SessionHandler decorated) implements ForwardingHandler, PreparingHandler {
    @Override
    public void prepare(Session session) {
        BareSessions.setApart(session);
    }
}
