package io.hawser.tcp;

import io.hawser.io.ExecutionMode;
import io.hawser.session.CloseReason;

/// What an application does with framed connections.
///
/// Thread: the calls for one connection come one after another, in order, `opened` first and `closed` last.
///
/// Errors: what a handler throws is logged and closes its connection.
@FunctionalInterface
public interface ConnectionHandler<F> {
    default void opened(Connection<F> connection) throws Exception {}

    void received(Connection<F> connection, F frame) throws Exception;

    /// Called once for every connection that was opened, when nothing more comes of it.
    default void closed(Connection<F> connection, CloseReason reason) {}

    /// Where this handler runs.
    default ExecutionMode mode() {
        return ExecutionMode.VIRTUAL;
    }

    /// This handler, run in `mode`.
    default ConnectionHandler<F> in(ExecutionMode mode) {
        return new ConnectionHandlerInMode<>(this, mode);
    }
}
