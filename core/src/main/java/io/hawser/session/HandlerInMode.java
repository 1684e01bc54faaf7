package io.hawser.session;

import io.hawser.Decorator;
import io.hawser.io.ExecutionMode;

record HandlerInMode(SessionHandler handler, ExecutionMode mode) implements SessionHandler, Decorator {
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
    public Object decorated() {
        return handler;
    }

    @Override
    public SessionHandler in(ExecutionMode other) {
        return new HandlerInMode(handler, other);
    }
}
