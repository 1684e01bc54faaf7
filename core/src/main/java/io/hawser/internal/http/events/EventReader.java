package io.hawser.internal.http.events;

import io.hawser.Bytes;
import io.hawser.Cancelled;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.HawserException;
import io.hawser.HawserException.Processed;
import io.hawser.LimitExceeded;
import io.hawser.ProtocolError;
import io.hawser.TimeSource;
import io.hawser.http.Body;
import io.hawser.http.EventSourceConfig;
import io.hawser.http.HttpHandler;
import io.hawser.http.Request;
import io.hawser.http.Response;
import io.hawser.http.ServerSentEvent;
import io.hawser.http.Status;
import io.hawser.internal.http.Again;
import io.hawser.internal.http.Names;
import io.hawser.internal.http.RetryAfter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Reads one event source, stream after stream.
///
/// State: `stream` is open, or the next call opens one; `failures` counts the streams in a row that ended
/// without an event. Closing may come from any thread: it sets `closed`, closes the stream and wakes who
/// pauses.
public final class EventReader {
    private static final String SOURCE = "HTML standard, section 9.2";

    private final HttpHandler client;
    private final Request request;
    private final EventSourceConfig config;
    private final TimeSource time;
    private final Supplier<RandomGenerator> random;
    private final EventParser parser;
    private String givenId;
    private int failures;
    private volatile @Nullable Body stream;
    private volatile @Nullable Thread pausing;
    private volatile boolean closed;
    private volatile boolean ended;

    public EventReader(
            HttpHandler client,
            Request request,
            EventSourceConfig config,
            TimeSource time,
            Supplier<RandomGenerator> random) {
        this.client = client;
        this.request =
                request.headers().has(Names.ACCEPT) ? request : request.withHeader(Names.ACCEPT, "text/event-stream");
        this.config = config;
        this.time = time;
        this.random = random;
        this.parser = new EventParser(config.maxLineBytes(), config.maxEventBytes());
        this.givenId = EventIds.ofField(request.header(Names.LAST_EVENT_ID).orElse(""));
        this.parser.lastId(givenId);
    }

    /// The id of the last event that [#next] gave: those that wait in the parser are lost with this reader.
    public String lastEventId() {
        return parser.hasEvents() ? givenId : parser.lastId();
    }

    /// The next event; empty once the source has ended.
    public Optional<ServerSentEvent> next() {
        while (!closed && !ended) {
            ServerSentEvent event = parser.next();
            if (event != null) {
                failures = 0;
                givenId = event.id();
                return Optional.of(event);
            }
            Body open = stream;
            if (open == null) open();
            else read(open);
        }
        return Optional.empty();
    }

    private void read(Body open) {
        try {
            Bytes piece = open.read();
            if (piece.isEmpty()) lost(open, Duration.ZERO, null);
            else parser.take(piece);
        } catch (LimitExceeded tooLong) {
            end(open);
            throw tooLong;
        } catch (HawserException | UncheckedIOException failure) {
            throwOwn(failure, open);
            lost(open, Duration.ZERO, failure);
        }
    }

    /// What ends the wait of the caller, not the stream.
    private void throwOwn(RuntimeException failure, @Nullable Body open) {
        if (closed) return;
        if (failure instanceof Cancelled || failure instanceof DeadlineExceeded) {
            if (open != null) drop(open);
            throw failure;
        }
    }

    private void open() {
        Response response;
        try {
            String id = parser.lastId();
            Request sent = Again.of(request);
            response = client.handle(id.isEmpty() ? sent : sent.withHeader(Names.LAST_EVENT_ID, EventIds.toField(id)));
        } catch (HawserException | UncheckedIOException failure) {
            throwOwn(failure, null);
            lost(null, Duration.ZERO, failure);
            return;
        } catch (IOException failure) {
            lost(null, Duration.ZERO, new UncheckedIOException(failure));
            return;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Cancelled("interrupted while opening an event stream", Processed.MAYBE, interrupted);
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception failure) {
            throw new IllegalStateException("an event stream could not be opened", failure);
        }
        if (isStream(response)) {
            stream = response.body();
            if (closed) drop(response.body());
        } else {
            refused(response);
        }
    }

    private static boolean isStream(Response response) {
        String type = response.headers().value(Names.CONTENT_TYPE, "").toLowerCase(Locale.ROOT);
        return response.status() == Status.OK && type.startsWith("text/event-stream");
    }

    private void refused(Response response) {
        Body body = response.body();
        int status = response.status();
        if (status == Status.NO_CONTENT) {
            end(body);
            return;
        }
        ProtocolError error = new ProtocolError(
                Status.BAD_GATEWAY,
                "no event stream: " + response + " " + response.headers().value(Names.CONTENT_TYPE, ""),
                SOURCE);
        if (status == Status.TOO_MANY_REQUESTS || status == Status.REQUEST_TIMEOUT || status >= 500) {
            lost(body, RetryAfter.of(response.headers(), time.now()).orElse(Duration.ZERO), error);
            return;
        }
        end(body);
        throw error;
    }

    private void end(Body body) {
        ended = true;
        drop(body);
    }

    private void drop(Body body) {
        stream = null;
        parser.reset();
        body.close();
    }

    /// Waits until it is time for the next stream.
    private void lost(@Nullable Body body, Duration asked, @Nullable RuntimeException failure) {
        if (body != null) drop(body);
        if (closed) return;
        if (config.reconnect().isExhausted(failures + 1)) {
            ended = true;
            if (failure != null) throw failure;
            throw new ProtocolError(0, "event streams that end without an event", SOURCE);
        }
        Duration retry = parser.retry().orElse(Duration.ZERO);
        Duration wait = asked.compareTo(retry) > 0 ? asked : retry;
        pause(wait.plus(config.reconnect().pause(failures, random.get())));
        failures++;
    }

    private void pause(Duration duration) {
        Deadline deadline = Deadline.current();
        long end = time.nanoTime() + duration.toNanos();
        pausing = Thread.currentThread();
        try {
            for (long left = duration.toNanos(); left > 0 && !closed; left = end - time.nanoTime()) {
                deadline.check("the next event stream");
                if (Thread.currentThread().isInterrupted()) {
                    throw new Cancelled("interrupted before the next event stream", Processed.NO, null);
                }
                time.parkNanos(this, Math.min(left, deadline.remainingNanos()));
            }
        } finally {
            pausing = null;
        }
    }

    public void close() {
        closed = true;
        Body open = stream;
        if (open != null) open.close();
        Thread waiting = pausing;
        if (waiting != null) LockSupport.unpark(waiting);
    }
}
