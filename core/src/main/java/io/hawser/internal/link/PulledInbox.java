package io.hawser.internal.link;

import io.hawser.Cancelled;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.HawserException.Processed;
import java.util.concurrent.TimeUnit;

/// For links without a handler: whoever calls [#receive()] is the consumer, one after another under this monitor.
final class PulledInbox extends QueuedInbox {
    private boolean ended;

    PulledInbox(Link link) {
        super(link);
    }

    @Override
    synchronized void firstPublished() {
        notifyAll();
    }

    synchronized Object receive() {
        Deadline deadline = Deadline.current();
        while (true) {
            if (ended) throw link.closedError();
            await(deadline);
            Object item = take();
            handled(1);
            if (!(item instanceof Event event)) return item;
            ended |= event == Event.CLOSED;
        }
    }

    private void await(Deadline deadline) {
        try {
            while (unhandled() == 0) {
                long nanos = deadline.remainingNanos();
                if (nanos <= 0) throw new DeadlineExceeded("a message from " + link.remote(), Processed.MAYBE);
                TimeUnit.NANOSECONDS.timedWait(this, nanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Cancelled("interrupted while waiting for a message", Processed.MAYBE, e);
        }
    }
}
