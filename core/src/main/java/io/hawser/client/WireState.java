package io.hawser.client;

import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.HawserException.Processed;
import io.hawser.SessionClosed;
import io.hawser.session.CloseReason;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Which connection a session has, if any, and how the last one and the session itself ended.
///
/// Thread: safe from any. Lock: this monitor guards all of it; nothing is called while it is held.
final class WireState {
    private @Nullable HubWire wire;
    private @Nullable CloseReason end;
    private @Nullable CloseReason lastReason;

    synchronized @Nullable HubWire wire() {
        return wire;
    }

    /// How the session ended; null if it has not.
    synchronized @Nullable CloseReason end() {
        return end;
    }

    synchronized Optional<CloseReason> lastReason() {
        return Optional.ofNullable(lastReason);
    }

    synchronized void connected(HubWire greeted) {
        if (end == null) wire = greeted;
        notifyAll();
    }

    synchronized void disconnected() {
        wire = null;
    }

    synchronized void lost(CloseReason reason, boolean isFinal) {
        lastReason = reason;
        if (isFinal && end == null) end = reason;
        notifyAll();
    }

    /// Ends the session.
    ///
    /// @return what is to be closed, null if there is no connection
    synchronized @Nullable HubWire close() {
        if (end == null) end = CloseReason.NORMAL;
        notifyAll();
        return wire;
    }

    /// Waits for a connection that is not `broken`, which whoever reads it may not have noticed yet, and over
    /// which something was asked that may have arrived.
    @SuppressWarnings("ReferenceEquality") // connections are identities
    synchronized HubWire await(@Nullable HubWire broken, Deadline deadline) throws InterruptedException {
        while (true) {
            CloseReason why = end;
            if (why != null) throw new SessionClosed(why.code(), why.message(), processed(broken));
            HubWire now = wire;
            if (now != null && now != broken) return now;
            if (deadline.hasPassed()) throw new DeadlineExceeded("a connection to the hub", processed(broken));
            TimeUnit.NANOSECONDS.timedWait(this, deadline.remainingNanos());
        }
    }

    private static Processed processed(@Nullable HubWire broken) {
        return broken == null ? Processed.NO : Processed.MAYBE;
    }

    static SessionClosed closed(CloseReason reason) {
        return new SessionClosed(reason.code(), reason.message(), Processed.NO);
    }

    /// Waits for so long, or until the session ends.
    synchronized void sleep(Duration pause) {
        long until = System.nanoTime() + pause.toNanos();
        try {
            for (long left = pause.toNanos(); left > 0 && end == null; left = until - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            // Nobody but close() has a reason to, and it says so by the end.
        }
    }
}
