package io.hawser.internal.http;

import io.hawser.http.HttpHandler;
import io.hawser.internal.io.Dispatch;
import io.hawser.io.ExecutionMode;
import java.util.EnumMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/// What all exchanges of one server share: the handler, where it runs, and how many may be under way.
///
/// Thread: safe from any.
public final class HttpEngine {
    private final HttpHandler handler;
    private final int maxInFlight;
    private final EnumMap<ExecutionMode, Dispatch> dispatches = new EnumMap<>(ExecutionMode.class);
    private final AtomicInteger inFlight = new AtomicInteger();
    private final LongAdder failures = new LongAdder();

    /// @param maxInFlight handlers on threads; one more is answered 503
    /// @param threads where handlers of each mode run
    public HttpEngine(HttpHandler handler, int maxInFlight, Function<ExecutionMode, Dispatch> threads) {
        this.handler = handler;
        this.maxInFlight = maxInFlight;
        for (ExecutionMode mode : ExecutionMode.values()) dispatches.put(mode, threads.apply(mode));
    }

    public HttpHandler handler() {
        return handler;
    }

    Dispatch dispatch(ExecutionMode mode) {
        Dispatch dispatch = dispatches.get(mode);
        if (dispatch == null) throw new IllegalStateException("no dispatch for " + mode);
        return dispatch;
    }

    /// Counts one more in flight, unless there are as many as there may be.
    boolean enter() {
        if (inFlight.incrementAndGet() <= maxInFlight) return true;
        inFlight.decrementAndGet();
        return false;
    }

    void leave() {
        inFlight.decrementAndGet();
    }

    void countFailure() {
        failures.increment();
    }

    /// Handlers on threads at the moment, until their answer is sent.
    public int inFlight() {
        return inFlight.get();
    }

    /// Handlers that threw something unexpected, so far.
    public long failures() {
        return failures.sum();
    }
}
