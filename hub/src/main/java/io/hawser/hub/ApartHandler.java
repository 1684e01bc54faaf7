package io.hawser.hub;

import io.hawser.hub.v1.BareSessions;
import io.hawser.internal.session.PreparingHandler;
import io.hawser.io.ExecutionMode;
import io.hawser.session.CloseReason;
import io.hawser.session.Message;
import io.hawser.session.Session;
import io.hawser.session.SessionHandler;

/// The handler of sessions that get nothing of what others send, because anybody may open them.
record ApartHandler(SessionHandler handler) implements PreparingHandler {
    @Override
    public void prepare(Session session) {
        BareSessions.setApart(session);
    }

    @Override
    public void opened(Session session) throws Exception {
        handler.opened(session);
    }

    @Override
    public void message(Session session, Message message) throws Exception {
        handler.message(session, message);
    }

    @Override
    public void closed(Session session, CloseReason reason) {
        handler.closed(session, reason);
    }

    @Override
    public ExecutionMode mode() {
        return handler.mode();
    }
}
