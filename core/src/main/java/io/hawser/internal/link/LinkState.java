package io.hawser.internal.link;

import io.hawser.HawserException.Processed;
import io.hawser.SessionClosed;
import io.hawser.session.CloseReason;
import io.hawser.session.SessionState;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// How far a link has come. It only moves forward, and whoever first wants it to be CLOSING says why.
///
/// The reason is there before the state: who sees a link that ends sees why.
///
/// Thread: any, but it becomes CLOSED on its event loop only.
abstract class LinkState extends LinkProtocol {
    private static final VarHandle STATE;
    private static final VarHandle REASON;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            STATE = lookup.findVarHandle(LinkState.class, "state", SessionState.class);
            REASON = lookup.findVarHandle(LinkState.class, "closeReason", CloseReason.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile SessionState state = SessionState.CONNECTING;
    private volatile @Nullable CloseReason closeReason;

    public final SessionState linkState() {
        return state;
    }

    /// Why the link ended, or would end if it ended now.
    public final CloseReason finalReason() {
        CloseReason reason = closeReason;
        return reason == null ? CloseReason.LOST : reason;
    }

    /// What a sender is told who comes too late.
    final SessionClosed closedError() {
        CloseReason reason = closeReason;
        return reason == null
                ? new SessionClosed(CloseReason.LOST.code(), "not open", Processed.NO)
                : new SessionClosed(reason.code(), reason.message(), Processed.NO);
    }

    final boolean isOpen() {
        return state == SessionState.OPEN;
    }

    final boolean isEnding() {
        return !state.mayBecome(SessionState.CLOSING);
    }

    final boolean isClosed() {
        return state == SessionState.CLOSED;
    }

    final boolean becomesOpen() {
        return STATE.compareAndSet(this, SessionState.CONNECTING, SessionState.OPEN);
    }

    /// Moves it to CLOSING: true, once, means that `reason` is the one that counts. Either way it is no
    /// longer open afterwards.
    final boolean becomesClosing(CloseReason reason) {
        boolean counts = REASON.compareAndSet(this, null, reason);
        // Also for another whose reason counts, and who has not come so far yet.
        for (SessionState now = state; now.mayBecome(SessionState.CLOSING); now = state) {
            if (STATE.compareAndSet(this, now, SessionState.CLOSING)) break;
        }
        return counts;
    }

    final void becomeClosed() {
        state = SessionState.CLOSED;
    }
}
