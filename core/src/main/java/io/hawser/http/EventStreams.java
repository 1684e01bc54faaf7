package io.hawser.http;

import io.hawser.Decorator;
import io.hawser.internal.http.events.EventRegistry;
import io.hawser.session.CloseReason;
import io.hawser.session.SessionConfig;
import io.hawser.session.SessionHandler;
import io.hawser.session.Sessions;

/// Answers requests with streams of server-sent events, each an [EventSession] for the same handler and
/// registry as any other session.
///
/// ```java
/// EventStreams prices = EventStreams.of(new SessionHandler() {
///     public void opened(Session session) { session.offer(Message.text("welcome")); }
///     public void message(Session session, Message message) {}
/// });
/// Router.builder().get("/prices", prices);
/// prices.sessions().broadcast(Message.text("42"));
/// ```
///
/// The handler hears of a session when its stream begins to be sent, and of its end once; messages never
/// come. A comment goes out after each [SessionConfig#pingAfter()] of silence, so that a peer that has gone
/// is noticed. What is queued has the bounds of [SessionConfig#limits()]: beyond the soft one `send` waits
/// and `offer` drops, and a stream that takes nothing for the stall timeout is cut. A broadcast that is no
/// text has no form here, and is counted as dropped.
///
/// A stream is one of the sessions of its server too ([HttpServer#sessions()]), which ends it when it
/// drains, and may join [io.hawser.session.Topics].
///
/// Thread: safe from any. While several threads publish to topics, what one of them sends to a stream
/// itself may overtake what it published just before.
///
/// Source: HTML standard, section 9.2
public final class EventStreams implements HttpHandler, Decorator, AutoCloseable {
    private static final Headers HEADERS =
            Headers.of("Content-Type", "text/event-stream", "Cache-Control", "no-store", "X-Accel-Buffering", "no");

    private final EventRegistry registry;

    private EventStreams(EventRegistry registry) {
        this.registry = registry;
    }

    public static EventStreams of(SessionHandler handler) {
        return of(handler, SessionConfig.defaults());
    }

    public static EventStreams of(SessionHandler handler, SessionConfig config) {
        return new EventStreams(new EventRegistry(handler, config));
    }

    /// The streams that are open, on whatever server they came.
    public Sessions sessions() {
        return registry.sessions();
    }

    @Override
    public SessionHandler decorated() {
        return registry.handler();
    }

    /// Opens a stream: 200, or 503 once this is closing, and 405 for anything but GET.
    @Override
    public Response handle(Request request) {
        if (!request.method().equals(Method.GET)) {
            return Problem.of(Status.METHOD_NOT_ALLOWED).response().withHeader("Allow", "GET");
        }
        if (registry.isClosing()) return Problem.of(Status.SERVICE_UNAVAILABLE).response();
        return Response.of(Status.OK, HEADERS, registry.open(request));
    }

    /// Ends every stream behind what is queued for it, and refuses new ones.
    ///
    /// @param reason its pause, where it has one, is told to browsers as the time after which to come back
    public void close(CloseReason reason) {
        registry.sessions().close(() -> reason);
    }

    /// Ends every stream with [CloseReason#DRAIN], and refuses new ones.
    @Override
    public void close() {
        close(CloseReason.DRAIN);
    }
}
