package io.hawser.internal.client;

import io.hawser.Cancelled;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.HawserException.Processed;
import io.hawser.SessionClosed;
import io.hawser.session.CloseReason;
import io.hawser.session.Message;
import io.hawser.session.Session;
import io.hawser.session.SessionHandler;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The handler of a client without one: keeps messages for whoever receives them. When it is full, the
/// handler's thread waits, and so, in the end, does the server.
///
/// Each connection is a session with a handler's thread of its own. `unfinished` counts the sessions that
/// have messages still to bring, and `bringing` is the one whose turn it is, so that those of the connection
/// before come first.
///
/// Lock: this monitor guards the fields that are not final. No event loop takes it.
final class PulledMessages implements SessionHandler {
    private static final int CAPACITY = 64;

    private final ArrayDeque<Message> messages = new ArrayDeque<>();
    private final AtomicInteger unfinished = new AtomicInteger();
    private @Nullable Session bringing;
    private @Nullable SessionClosed end;

    /// A session is about to open. Thread: its event loop.
    void coming() {
        unfinished.incrementAndGet();
    }

    @Override
    public synchronized void opened(Session session) throws InterruptedException {
        while (bringing != null) wait();
        bringing = session;
    }

    @Override
    public synchronized void closed(Session session, CloseReason reason) {
        bringing = null;
        unfinished.decrementAndGet();
        notifyAll();
    }

    @Override
    public synchronized void message(Session session, Message message) throws InterruptedException {
        while (messages.size() >= CAPACITY && end == null) wait();
        messages.add(message);
        notifyAll();
    }

    /// This handler, which tells `hooks` of each connection: of its beginning before its first message, of
    /// its end after the last.
    SessionHandler with(SessionHandler hooks) {
        return new SessionHandler() {
            @Override
            public void opened(Session session) throws Exception {
                PulledMessages.this.opened(session);
                hooks.opened(session);
            }

            @Override
            public void message(Session session, Message message) throws Exception {
                PulledMessages.this.message(session, message);
            }

            @Override
            public void closed(Session session, CloseReason reason) {
                try {
                    hooks.closed(session, reason);
                } finally {
                    PulledMessages.this.closed(session, reason);
                }
            }
        };
    }

    synchronized void end(SessionClosed reason) {
        end = reason;
        notifyAll();
    }

    synchronized Message receive() {
        Deadline deadline = Deadline.current();
        try {
            while (messages.isEmpty()) {
                SessionClosed closed = end;
                if (closed != null && unfinished.get() == 0)
                    throw new SessionClosed(closed.code(), closed.reason(), Processed.MAYBE);
                long nanos = deadline.remainingNanos();
                if (nanos <= 0) throw new DeadlineExceeded("a message", Processed.MAYBE);
                TimeUnit.NANOSECONDS.timedWait(this, nanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Cancelled("interrupted while waiting for a message", Processed.MAYBE, e);
        }
        notifyAll();
        return messages.remove();
    }
}
