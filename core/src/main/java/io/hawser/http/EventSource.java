package io.hawser.http;

import io.hawser.TimeSource;
import io.hawser.internal.http.events.EventReader;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// The server-sent events of a URL, for as long as one wants them: a lost stream is opened again where it
/// broke off, with `Last-Event-ID`. An id with a control character other than a tab is passed over.
///
/// ```java
/// try (EventSource prices = EventSource.open(client, Request.get("https://example.com/prices"))) {
///     for (ServerSentEvent price : prices) show(price.data());
/// }
/// ```
///
/// Between two streams it waits for what the server asked (`retry`, or `Retry-After` of 429, 503 and other
/// 5xx) and a random pause that grows with failures in a row, so that many clients do not come back at once.
/// It ends when the server answers 204, or when it is closed.
///
/// Errors of iterating: [io.hawser.ProtocolError] for an answer that is no event stream (any other status,
/// another type), [io.hawser.LimitExceeded], [io.hawser.DeadlineExceeded] at [io.hawser.Deadline#current()],
/// [io.hawser.Cancelled] on an interrupt, and the last failure once the attempts of the configuration are
/// used up.
///
/// Thread: one iterates; any may close.
public final class EventSource implements Iterable<ServerSentEvent>, AutoCloseable {
    private final EventReader reader;
    private Optional<ServerSentEvent> ahead = Optional.empty();
    private String idBehind = "";

    private EventSource(EventReader reader) {
        this.reader = reader;
    }

    public static EventSource open(HttpHandler client, Request request) {
        return open(client, request, EventSourceConfig.defaults());
    }

    /// Opens nothing yet: the request is sent when the first event is asked for.
    ///
    /// @param request replayable, usually GET; a `Last-Event-ID` in it, the UTF-8 of an id, is where the stream
    ///     begins
    public static EventSource open(HttpHandler client, Request request, EventSourceConfig config) {
        return open(client, request, config, TimeSource.system(), ThreadLocalRandom::current);
    }

    static EventSource open(
            HttpHandler client,
            Request request,
            EventSourceConfig config,
            TimeSource time,
            Supplier<RandomGenerator> random) {
        return new EventSource(new EventReader(client, request, config, time, random));
    }

    /// The id of the last event that was taken, with which another source would go on; empty before the first
    /// that has one.
    ///
    /// Thread: that which iterates.
    public String lastEventId() {
        return ahead.isPresent() ? idBehind : reader.lastEventId();
    }

    /// The one iterator: another call gives the same place in the stream.
    @Override
    public Iterator<ServerSentEvent> iterator() {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                if (ahead.isPresent()) return true;
                idBehind = reader.lastEventId();
                ahead = reader.next();
                return ahead.isPresent();
            }

            @Override
            public ServerSentEvent next() {
                if (!hasNext()) throw new NoSuchElementException("the event source has ended");
                ServerSentEvent event = ahead.orElseThrow();
                ahead = Optional.empty();
                return event;
            }
        };
    }

    /// Ends the stream; who waits for its next event gets none.
    @Override
    public void close() {
        reader.close();
    }
}
