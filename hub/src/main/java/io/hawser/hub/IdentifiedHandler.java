package io.hawser.hub;

import io.hawser.hub.access.Identity;
import io.hawser.internal.session.PreparingHandler;
import io.hawser.session.ForwardingHandler;
import io.hawser.session.Session;
import io.hawser.session.SessionHandler;

/// The handler of a session of which it is known who its peer is.
record IdentifiedHandler(Identity identity, SessionHandler decorated) implements ForwardingHandler, PreparingHandler {
    @Override
    public void prepare(Session session) {
        session.attribute(Identity.KEY, identity);
    }
}
