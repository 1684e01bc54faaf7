package io.hawser.policy;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Bounds how many calls are under way, so that one slow upstream does not take all there is.
///
/// Those beyond wait in order, in a bounded line, as long as their deadline and the configuration allow.
///
/// Errors: [io.hawser.Rejected] if the line is full or the wait was too long, [io.hawser.DeadlineExceeded],
/// [io.hawser.Cancelled] on an interrupt; in each case nothing was sent.
public final class Bulkhead implements Policy {
    private final BulkheadConfig config;
    private final PolicyContext context;
    private final Places places;

    private Bulkhead(BulkheadConfig config, PolicyContext context) {
        this.config = Objects.requireNonNull(config, "config");
        this.context = Objects.requireNonNull(context, "context");
        this.places = new Places(config.maxConcurrent(), config.maxWaiting(), context.time());
    }

    /// `maxConcurrent` calls at a time, the other bounds by default.
    public static Bulkhead of(int maxConcurrent) {
        return of(BulkheadConfig.defaults().withMaxConcurrent(maxConcurrent), PolicyContext.system());
    }

    public static Bulkhead of(BulkheadConfig config, PolicyContext context) {
        return new Bulkhead(config, context);
    }

    /// Calls under way.
    public int concurrent() {
        return places.taken();
    }

    /// Calls that wait for a place.
    public int waiting() {
        return places.waiting();
    }

    @Override
    public Place place() {
        return Place.BULKHEAD;
    }

    @Override
    public <T extends @Nullable Object> T call(Attempt attempt, Call<T> next) throws Exception {
        Admission.enter(places, config.maxWait().toNanos(), attempt, context, "bulkhead");
        try {
            return next.call(attempt);
        } finally {
            places.leave();
        }
    }
}
