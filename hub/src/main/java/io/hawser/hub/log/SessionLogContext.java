package io.hawser.hub.log;

import io.hawser.internal.session.GreetingHandler;
import io.hawser.io.ExecutionMode;
import io.hawser.session.CloseReason;
import io.hawser.session.ForwardingHandler;
import io.hawser.session.Message;
import io.hawser.session.Session;
import io.hawser.session.SessionHandler;
import org.slf4j.MDC;

/// Puts the id of a session into whatever is logged while its handler runs.
///
/// Thread: for handlers on threads of their own. On an event loop it would cost a message more than its
/// handling; there lines have the id of the session that they name.
///
/// A handler of MSGI that greets by itself still does within it; of any other nobody asks.
public record SessionLogContext(SessionHandler decorated) implements ForwardingHandler, GreetingHandler {
    private static final String KEY = "session";

    /// `handler` in its context, unless it runs on event loops.
    public static SessionHandler around(SessionHandler handler) {
        return handler.mode() == ExecutionMode.EVENT_LOOP ? handler : new SessionLogContext(handler);
    }

    @Override
    public void opened(Session session) throws Exception {
        try (var _ = MDC.putCloseable(KEY, session.id())) {
            decorated.opened(session);
        }
    }

    @Override
    public void message(Session session, Message message) throws Exception {
        try (var _ = MDC.putCloseable(KEY, session.id())) {
            decorated.message(session, message);
        }
    }

    @Override
    public void closed(Session session, CloseReason reason) {
        try (var _ = MDC.putCloseable(KEY, session.id())) {
            decorated.closed(session, reason);
        }
    }
}
