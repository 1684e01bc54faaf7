package io.hawser.tcp;

import io.hawser.Decorator;
import io.hawser.io.ExecutionMode;
import io.hawser.session.CloseReason;

record ConnectionHandlerInMode<F>(ConnectionHandler<F> handler, ExecutionMode mode)
        implements ConnectionHandler<F>, Decorator {
    @Override
    public void opened(Connection<F> connection) throws Exception {
        handler.opened(connection);
    }

    @Override
    public void received(Connection<F> connection, F frame) throws Exception {
        handler.received(connection, frame);
    }

    @Override
    public void closed(Connection<F> connection, CloseReason reason) {
        handler.closed(connection, reason);
    }

    @Override
    public Object decorated() {
        return handler;
    }

    @Override
    public ConnectionHandler<F> in(ExecutionMode other) {
        return new ConnectionHandlerInMode<>(handler, other);
    }
}
