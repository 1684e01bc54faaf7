package io.hawser.internal.http.events;

import io.hawser.Bytes;
import io.hawser.http.Body;
import io.hawser.session.CloseReason;

/// What a stream sends: a comment at once, so that the head goes out, then events as they come, then comments
/// while
/// none do.
final class EventBody implements Body {
    private static final Bytes HELLO = Bytes.ofUtf8(": hello\n\n");

    private final QueuedEvents events;
    private boolean isOpen;

    EventBody(QueuedEvents events) {
        this.events = events;
    }

    @Override
    public Bytes read() {
        if (isOpen) return events.take();
        isOpen = true;
        events.open();
        return HELLO;
    }

    @Override
    public void close() {
        events.end(CloseReason.LOST);
    }
}
