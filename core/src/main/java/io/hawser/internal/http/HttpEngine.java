package io.hawser.internal.http;

import io.hawser.http.Filter;
import io.hawser.http.HttpConfig;
import io.hawser.http.HttpHandler;
import io.hawser.internal.http.events.EventSessions;
import io.hawser.internal.io.Dispatch;
import io.hawser.internal.tcp.Door;
import io.hawser.internal.tcp.Visitor;
import io.hawser.io.ExecutionMode;
import io.hawser.tcp.ShedCause;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What all exchanges of one server share: the handler, where it runs, and how many may be under way.
///
/// Thread: safe from any.
public final class HttpEngine {
    private final HttpHandler handler;
    private final HttpHandler inReserve;
    private final HttpHandler overRate;
    private final int maxInFlight;
    private final Door door;
    private final Function<ExecutionMode, Dispatch> threads;
    private final Dispatch onLoop;
    private final Dispatch virtual;
    private volatile @Nullable Dispatch carried;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final LongAdder failures = new LongAdder();
    private final EventSessions streams = new EventSessions();

    /// @param challenge stands around the handler for requests over the rate of their address
    /// @param threads where handlers of each mode run
    /// @param door where it is counted what is not handled
    public HttpEngine(
            HttpHandler handler,
            Optional<Filter> challenge,
            HttpConfig config,
            Function<ExecutionMode, Dispatch> threads,
            Door door) {
        this.handler = handler;
        this.inReserve = new KeptRequests(handler, config.keptPaths(), door);
        this.overRate = challenge.map(handler::with).orElse(KeptRequests.TOO_MANY);
        this.maxInFlight = config.maxHandlers();
        this.door = door;
        this.threads = threads;
        this.onLoop = threads.apply(ExecutionMode.EVENT_LOOP);
        this.virtual = threads.apply(ExecutionMode.VIRTUAL);
    }

    /// What answers the next request of `visitor`.
    HttpHandler handlerFor(@Nullable Visitor visitor) {
        if (visitor == null) return handler;
        if (!visitor.mayRequest()) {
            door.shed(ShedCause.ADDRESS_REQUESTS);
            return overRate;
        }
        return visitor.isInReserve() ? inReserve : handler;
    }

    Dispatch dispatch(ExecutionMode mode) {
        return switch (mode) {
            case EVENT_LOOP -> onLoop;
            case VIRTUAL -> virtual;
            case LOOP_CARRIER -> carried();
        };
    }

    /// Asked for when a handler wants it: where it is not to be had, the log says so.
    private Dispatch carried() {
        Dispatch known = carried;
        if (known == null) {
            known = threads.apply(ExecutionMode.LOOP_CARRIER);
            carried = known;
        }
        return known;
    }

    /// Counts one more in flight, unless there are as many as there may be.
    boolean enter() {
        if (inFlight.incrementAndGet() <= maxInFlight) return true;
        inFlight.decrementAndGet();
        door.shed(ShedCause.HANDLERS);
        return false;
    }

    void leave() {
        inFlight.decrementAndGet();
    }

    /// The event streams that are being sent.
    public EventSessions streams() {
        return streams;
    }

    void countFailure() {
        failures.increment();
    }

    /// Handlers on threads at the moment, until their answer is sent, or their stream of events begins.
    public int inFlight() {
        return inFlight.get();
    }

    /// Handlers that threw something unexpected, so far.
    public long failures() {
        return failures.sum();
    }
}
