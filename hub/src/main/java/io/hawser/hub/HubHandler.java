package io.hawser.hub;

import io.hawser.session.Message;
import io.hawser.session.Session;
import io.hawser.session.SessionHandler;

/// Peers that said hello and peers that did not, each with what is for them.
record HubHandler(SessionHandler bare, SessionHandler greeted) implements SessionHandler {
    @Override
    public void message(Session session, Message message) throws Exception {
        (session.isGreeted() ? greeted : bare).message(session, message);
    }
}
