package io.hawser.hub.rest;

import io.hawser.Rejected;
import io.hawser.cluster.Follower;
import io.hawser.cluster.Position;
import io.hawser.cluster.Subscriptions;
import io.hawser.cluster.TopicMessage;
import io.hawser.cluster.TopicPattern;
import io.hawser.http.EventSession;
import io.hawser.http.EventStreams;
import io.hawser.http.HttpHandler;
import io.hawser.http.Problem;
import io.hawser.http.Request;
import io.hawser.http.Response;
import io.hawser.http.ServerSentEvent;
import io.hawser.http.Status;
import io.hawser.hub.access.Action;
import io.hawser.hub.access.Identity;
import io.hawser.hub.access.Permissions;
import io.hawser.hub.v1.EncodedOnce;
import io.hawser.hub.v1.TopicJson;
import io.hawser.session.CloseReason;
import io.hawser.session.Key;
import io.hawser.session.Message;
import io.hawser.session.Session;
import io.hawser.session.SessionConfig;
import io.hawser.session.SessionHandler;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// `GET /events?topic=T`: a topic or pattern as server-sent events.
///
/// The id of an event is the position of its message, which a browser sends back in `Last-Event-ID`
/// when it comes again: all since follows, or an event `resync` that says why not. An event
/// `subscribed` comes first; `gap` says that live messages were dropped, `goaway` that the hub is
/// about to end the stream.
///
/// Thread: safe from any; nothing waits.
public final class EventFeed implements HttpHandler, AutoCloseable {
    private static final Key<Follower> FOLLOWER = Key.of("follower");
    private static final String TOPIC = "topic";
    private static final Duration COME_BACK = Duration.ofSeconds(1);

    private final EventStreams streams;
    private final Subscriptions subscriptions;
    private final Permissions permissions;
    private final long softBytes;
    private volatile int maxStreams = Integer.MAX_VALUE;
    private volatile long lookedSecond;
    private final EncodedOnce<ServerSentEvent> events = new EncodedOnce<>(EventFeed::event);

    public EventFeed(Subscriptions subscriptions, Permissions permissions, SessionConfig config) {
        this.subscriptions = subscriptions;
        this.permissions = permissions;
        this.softBytes = config.limits().softQueueBytes();
        this.streams = EventStreams.of(new Streams(), config);
    }

    private static ServerSentEvent event(TopicMessage message) {
        ServerSentEvent event = ServerSentEvent.of(TopicJson.of(message));
        return message.position().isNone()
                ? event
                : event.withId(message.position().toString());
    }

    @Override
    public Response handle(Request request) {
        TopicPattern pattern;
        boolean isResuming;
        try {
            pattern = pattern(request);
            isResuming = position(request, pattern).isPresent();
        } catch (IllegalArgumentException e) {
            return Problem.of(Status.BAD_REQUEST, String.valueOf(e.getMessage()))
                    .response();
        }
        Identity who = request.attribute(Identity.KEY).orElse(Identity.ANYONE);
        boolean isAllowed = permissions.allows(who, Action.SUBSCRIBE, pattern.text())
                && (!isResuming || permissions.allows(who, Action.HISTORY, pattern.text()));
        if (!isAllowed)
            return Problem.of(Status.FORBIDDEN, "no permission for " + pattern).response();
        if (count() >= maxStreams) {
            return Problem.of(new Rejected("as many event streams as there may be", COME_BACK))
                    .response();
        }
        return streams.handle(request);
    }

    private static TopicPattern pattern(Request request) {
        return TopicPattern.of(
                request.query(TOPIC).orElseThrow(() -> new IllegalArgumentException("topic: which one?")));
    }

    /// Patterns have no positions, and their events no id: what comes nevertheless is of another stream.
    private static Optional<Position> position(Request request, TopicPattern pattern) {
        String last = request.headers().value("Last-Event-ID", "");
        return last.isEmpty() || !pattern.isExact() ? Optional.empty() : Optional.of(Position.parse(last));
    }

    /// One more than `most` at once is answered 503.
    public void maxStreams(int most) {
        maxStreams = most;
    }

    /// Streams that are open.
    public int count() {
        return streams.sessions().count();
    }

    /// Ends the streams of those whose proof of who they are has expired; looks once a second, however
    /// often it is called.
    public void endExpired(Instant now) {
        if (now.getEpochSecond() == lookedSecond) return;
        lookedSecond = now.getEpochSecond();
        open().filter(stream -> identity(stream).isExpired(now)).forEach(Session::close);
    }

    private static Identity identity(EventSession stream) {
        return stream.request().attribute(Identity.KEY).orElse(Identity.ANYONE);
    }

    private Stream<EventSession> open() {
        return streams.sessions().stream()
                .filter(EventSession.class::isInstance)
                .map(EventSession.class::cast);
    }

    /// Tells every stream that the hub goes away, and to come back at some time within `spread`.
    ///
    /// @return who was told to come back after what time
    public Map<Session, Duration> goAway(int code, Duration spread) {
        Map<Session, Duration> told = new HashMap<>();
        for (EventSession stream : open().toList()) {
            Duration pause = Duration.ofMillis((long) (Math.random() * spread.toMillis()));
            String data = "{\"code\":" + code + ",\"retry\":" + pause.toMillis() + "}";
            stream.offer(ServerSentEvent.of(data).withEvent("goaway").withRetry(pause));
            told.put(stream, pause);
        }
        return told;
    }

    @Override
    public void close() {
        streams.close();
    }

    private final class Streams implements SessionHandler {
        @Override
        public void opened(Session session) {
            EventSession stream = (EventSession) session;
            TopicPattern pattern = pattern(stream.request());
            Follower follower = subscriptions.follow(new EventReader(stream, events, softBytes));
            session.attribute(FOLLOWER, follower);
            Optional<Position> from = position(stream.request(), pattern);
            follower.subscribe(pattern, from, new EventStart(stream, pattern, from.isPresent()));
        }

        @Override
        public void message(Session session, Message message) {}

        @Override
        public void closed(Session session, CloseReason reason) {
            session.attribute(FOLLOWER).ifPresent(Follower::close);
        }
    }
}
