package io.hawser.session;

import io.hawser.Decorator;
import io.hawser.io.ExecutionMode;

/// A handler around another one, which does whatever this one does not do itself.
///
/// ```java
/// record Logged(SessionHandler decorated) implements ForwardingHandler {
///     @Override
///     public void opened(Session session) throws Exception {
///         LOG.info("{} is here", session);
///         decorated.opened(session);
///     }
/// }
/// ```
public interface ForwardingHandler extends SessionHandler, Decorator {
    @Override
    SessionHandler decorated();

    @Override
    default void opened(Session session) throws Exception {
        decorated().opened(session);
    }

    @Override
    default void message(Session session, Message message) throws Exception {
        decorated().message(session, message);
    }

    @Override
    default void closed(Session session, CloseReason reason) {
        decorated().closed(session, reason);
    }

    @Override
    default ExecutionMode mode() {
        return decorated().mode();
    }
}
