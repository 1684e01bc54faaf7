package io.hawser.session;

import io.hawser.io.ExecutionMode;

/// What an application does with its sessions; the same for every protocol.
///
/// Thread: the calls for one session come one after another, in order, `opened` first and `closed` last; those of
/// different sessions come at the same time. Plain blocking code is welcome, unless the handler is declared
/// [ExecutionMode#EVENT_LOOP].
///
/// Errors: what a handler throws is logged and closes its session with [CloseReason#HANDLER_FAILED].
@FunctionalInterface
public interface SessionHandler {
    default void opened(Session session) throws Exception {}

    void message(Session session, Message message) throws Exception;

    /// Called once for every session that was opened, when nothing more comes of it.
    default void closed(Session session, CloseReason reason) {}

    /// Where this handler runs.
    default ExecutionMode mode() {
        return ExecutionMode.VIRTUAL;
    }

    /// This handler, run in `mode`.
    default SessionHandler in(ExecutionMode mode) {
        return new HandlerInMode(this, mode);
    }
}
