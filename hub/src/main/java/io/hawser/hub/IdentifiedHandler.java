package io.hawser.hub;

import io.hawser.hub.access.Identity;
import io.hawser.io.ExecutionMode;
import io.hawser.session.CloseReason;
import io.hawser.session.Message;
import io.hawser.session.Session;
import io.hawser.session.SessionHandler;

/// The handler of a session of which it is known who its peer is.
record IdentifiedHandler(Identity identity, SessionHandler handler) implements SessionHandler {
    @Override
    public void opened(Session session) throws Exception {
        session.attribute(Identity.KEY, identity);
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
