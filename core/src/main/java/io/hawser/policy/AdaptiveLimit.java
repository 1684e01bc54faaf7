package io.hawser.policy;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A bulkhead that finds its own size: as many calls at a time as the other side works on without queueing
/// them.
///
/// It compares the round trip of now with that of an idle upstream; see [Gradient]. Off unless it is listed;
/// it stands in the place of a [Bulkhead].
///
/// Errors: [io.hawser.Rejected], [io.hawser.DeadlineExceeded] and [io.hawser.Cancelled] as of a bulkhead.
public final class AdaptiveLimit implements Policy {
    private final AdaptiveLimitConfig config;
    private final PolicyContext context;
    private final Places places;
    private final Gradient gradient;

    private AdaptiveLimit(AdaptiveLimitConfig config, PolicyContext context) {
        this.config = Objects.requireNonNull(config, "config");
        this.context = Objects.requireNonNull(context, "context");
        this.places = new Places(config.initial(), config.maxWaiting(), context.time());
        this.gradient = new Gradient(
                config.initial(), config.min(), config.max(), context.time().nanoTime());
    }

    public static AdaptiveLimit of(AdaptiveLimitConfig config, PolicyContext context) {
        return new AdaptiveLimit(config, context);
    }

    /// The limit as estimated. While the idle round trip is measured, for a moment now and then, half of it
    /// applies.
    public int limit() {
        return gradient.limit();
    }

    /// Calls under way.
    public int concurrent() {
        return places.taken();
    }

    @Override
    public Place place() {
        return Place.BULKHEAD;
    }

    @Override
    public <T extends @Nullable Object> T call(Attempt attempt, Call<T> next) throws Exception {
        Admission.enter(places, config.maxWait().toNanos(), attempt, context, "concurrency limit");
        int concurrent = places.taken();
        long start = context.time().nanoTime();
        Verdict verdict = Verdict.cancelled();
        try {
            T answer = next.call(attempt);
            verdict = attempt.traits().classifier().answer(answer);
            return answer;
        } catch (Exception error) {
            if (!attempt.isOwnRefusal(error))
                verdict = attempt.traits().classifier().failure(error);
            throw error;
        } finally {
            places.leave();
            learn(verdict, start, concurrent);
        }
    }

    private void learn(Verdict verdict, long start, int concurrent) {
        long now = context.time().nanoTime();
        int before = gradient.limit();
        boolean windowEnded = switch (verdict.kind()) {
            case SUCCESS -> gradient.answered(now - start, concurrent, now);
            case THROTTLED, TRANSIENT -> gradient.dropped(now);
            case CLIENT_ERROR, FATAL, CANCELLED -> false;
        };
        if (!windowEnded) return;
        places.resize(gradient.current());
        int after = gradient.limit();
        if (after != before) context.tell(new PolicyEvent.LimitChanged(context.name(), before, after));
    }
}
