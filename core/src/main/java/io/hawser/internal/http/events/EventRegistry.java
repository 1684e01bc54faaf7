package io.hawser.internal.http.events;

import io.hawser.Bytes;
import io.hawser.TimeSource;
import io.hawser.http.Body;
import io.hawser.http.Request;
import io.hawser.http.ServerSentEvent;
import io.hawser.session.CloseReason;
import io.hawser.session.Message;
import io.hawser.session.Session;
import io.hawser.session.SessionConfig;
import io.hawser.session.SessionHandler;
import io.hawser.session.Sessions;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The event streams of one endpoint.
public final class EventRegistry implements Sessions {
    private final ConcurrentHashMap<String, QueuedEvents> open = new ConcurrentHashMap<>();
    private final SessionHandler handler;
    private final SessionConfig config;
    private final TimeSource time;
    private volatile boolean isClosing;

    public EventRegistry(SessionHandler handler, SessionConfig config) {
        this(handler, config, TimeSource.system());
    }

    EventRegistry(SessionHandler handler, SessionConfig config, TimeSource time) {
        this.handler = handler;
        this.config = config;
        this.time = time;
    }

    /// The body of a new stream; it becomes a session when it is first read.
    public Body open(Request request) {
        return new EventBody(new QueuedEvents(request, this));
    }

    SessionHandler handler() {
        return handler;
    }

    SessionConfig config() {
        return config;
    }

    TimeSource time() {
        return time;
    }

    public boolean isClosing() {
        return isClosing;
    }

    public void close(CloseReason reason) {
        isClosing = true;
        open.values().forEach(session -> session.close(reason));
    }

    void add(QueuedEvents session) {
        open.put(session.id(), session);
        if (isClosing) session.close(CloseReason.DRAIN);
    }

    void remove(QueuedEvents session) {
        open.remove(session.id(), session);
    }

    @Override
    public Optional<Session> find(String id) {
        return Optional.ofNullable(open.get(id));
    }

    @Override
    public Stream<Session> stream() {
        return open.values().stream().map(session -> session);
    }

    @Override
    public int count() {
        return open.size();
    }

    @Override
    public int broadcast(Message message) {
        return broadcast(message, _ -> true);
    }

    @Override
    public int broadcast(Message message, Predicate<? super Session> to) {
        Bytes encoded = encode(message);
        int count = 0;
        for (QueuedEvents session : open.values()) {
            if (!to.test(session)) continue;
            session.offer(encoded);
            count++;
        }
        return count;
    }

    static Bytes encode(Message message) {
        if (!message.isText()) throw new IllegalArgumentException("an event is text, and this message is binary");
        return ServerSentEvent.of(message.text()).encode();
    }
}
