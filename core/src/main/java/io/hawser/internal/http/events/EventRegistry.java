package io.hawser.internal.http.events;

import io.hawser.TimeSource;
import io.hawser.http.Body;
import io.hawser.http.Request;
import io.hawser.session.SessionConfig;
import io.hawser.session.SessionHandler;

/// One endpoint of event streams: whom they are for, their bounds, and those that are open.
public record EventRegistry(SessionHandler handler, SessionConfig config, TimeSource time, EventSessions sessions) {
    public EventRegistry(SessionHandler handler, SessionConfig config) {
        this(handler, config, TimeSource.system(), new EventSessions());
    }

    /// The body of a new stream; it becomes a session when it is first read.
    public Body open(Request request) {
        return new EventBody(new QueuedEvents(request, this));
    }

    public boolean isClosing() {
        return sessions.isClosing();
    }
}
