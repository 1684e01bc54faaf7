package io.hawser.internal.link;

import io.hawser.Cancelled;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.HawserException.Processed;
import io.hawser.internal.io.Waiters;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// For links without a handler: whoever calls [#receive()] is the consumer, one after another under a lock that the
/// event loop never takes.
final class PulledInbox extends QueuedInbox {
    private final ReentrantLock consuming = new ReentrantLock();
    private final Waiters receivers = new Waiters();

    /// Guarded by `consuming`.
    private boolean ended;

    PulledInbox(Link link) {
        super(link);
    }

    @Override
    void firstPublished() {
        receivers.wakeAll();
    }

    Object receive() {
        Deadline deadline = Deadline.current();
        try {
            if (!consuming.tryLock(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) throw late();
            try {
                return next(deadline);
            } finally {
                consuming.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Cancelled("interrupted while waiting for a message", Processed.MAYBE, e);
        }
    }

    private Object next(Deadline deadline) throws InterruptedException {
        while (!ended) {
            if (!receivers.await(() -> unhandled() > 0, deadline)) throw late();
            Object item = take();
            handled(1);
            if (!(item instanceof Event event)) return item;
            ended = event == Event.CLOSED;
        }
        throw link.closedError();
    }

    private DeadlineExceeded late() {
        return new DeadlineExceeded("a message from " + link.remote(), Processed.MAYBE);
    }
}
