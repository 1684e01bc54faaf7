package io.hawser.internal.messaging;

import io.hawser.Cancelled;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.HawserException.Processed;
import io.hawser.SessionClosed;
import io.hawser.session.Message;
import io.hawser.session.Session;
import io.hawser.session.SessionHandler;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The handler of a client without one: keeps messages for whoever receives them. When it is full, the
/// handler's thread waits, and so, in the end, does the server.
///
/// Lock: this monitor guards all fields.
final class PulledMessages implements SessionHandler {
    private static final int CAPACITY = 64;

    private final ArrayDeque<Message> messages = new ArrayDeque<>();
    private @Nullable SessionClosed end;

    @Override
    public synchronized void message(Session session, Message message) throws InterruptedException {
        while (messages.size() >= CAPACITY && end == null) wait();
        messages.add(message);
        notifyAll();
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
                if (closed != null) throw new SessionClosed(closed.code(), closed.reason(), Processed.MAYBE);
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
