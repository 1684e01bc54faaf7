package io.hawser.internal.link;

import io.hawser.session.CloseReason;

/// What a link has received and its handler has not had yet, in order.
abstract class Inbox {
    /// What the handler is told beside messages.
    enum Event {
        OPENED,
        CLOSED
    }

    final Link link;

    /// Owner: the handler's thread.
    private boolean failed;

    Inbox(Link link) {
        this.link = link;
    }

    static Inbox of(Link link) {
        if (link.group.isPulled()) return new PulledInbox(link);
        return link.group.dispatcher().runsInline() ? new InlineInbox(link) : new ThreadInbox(link);
    }

    /// Puts `item` at the end: a message, an [Event], or a reason to say goodbye with.
    ///
    /// Thread: the event loop.
    abstract void add(Object item);

    /// Lets the handler have what was added. Thread: the event loop, once in a turn.
    abstract void dispatch();

    /// Whether so much is unhandled that reading should stop.
    abstract boolean isFull();

    /// Thread: the handler's.
    final void handle(Object item) {
        try {
            if (item == Event.OPENED) link.deliverOpened();
            else if (item == Event.CLOSED) link.deliverClosed(link.finalReason());
            else if (item instanceof CloseReason reason) link.receivedAll(reason);
            // What a handler that failed would make of the next one, nobody knows.
            else if (!failed) link.deliver(item);
        } catch (Throwable failure) {
            failed = true;
            link.group.handlerFailed(link, failure);
        }
    }
}
