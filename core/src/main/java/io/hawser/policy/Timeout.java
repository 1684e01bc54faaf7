package io.hawser.policy;

import io.hawser.Deadline;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Bounds the time of a call by a [Deadline], which everything of Hawser that waits obeys.
///
/// Fixed, or adaptive: a multiple of the 99th percentile that was observed lately, within bounds. Code that
/// knows no deadline is stopped with [#interrupting()].
///
/// Errors: [io.hawser.DeadlineExceeded] from whatever waited.
public final class Timeout implements Policy {
    private final Place place;
    private final TimeLimit limit;
    private final PolicyContext context;
    private final boolean interrupts;

    private Timeout(Place place, TimeLimit limit, PolicyContext context, boolean interrupts) {
        this.place = place;
        this.limit = limit;
        this.context = Objects.requireNonNull(context, "context");
        this.interrupts = interrupts;
    }

    /// For the whole call, waiting and retries included.
    public static Timeout overall(Duration limit) {
        return overall(limit, PolicyContext.system());
    }

    /// For the whole call, waiting and retries included.
    public static Timeout overall(Duration limit, PolicyContext context) {
        return new Timeout(Place.DEADLINE, new TimeLimit.Fixed(limit), context, false);
    }

    /// For each attempt.
    public static Timeout perAttempt(Duration limit) {
        return perAttempt(limit, PolicyContext.system());
    }

    /// For each attempt.
    public static Timeout perAttempt(Duration limit, PolicyContext context) {
        return new Timeout(Place.ATTEMPT_TIMEOUT, new TimeLimit.Fixed(limit), context, false);
    }

    /// For each attempt, three times the 99th percentile of the last 10 to 20 s, `max` until enough calls
    /// were seen.
    ///
    /// An attempt that is cut off counts as one that took as long as the limit; so where many are cut off,
    /// the limit rises until it fits again.
    ///
    /// @param min the shortest limit
    /// @param max the longest limit, and the first
    public static Timeout adaptive(Duration min, Duration max, PolicyContext context) {
        return new Timeout(Place.ATTEMPT_TIMEOUT, new TimeLimit.Adaptive(min, max, context.time()), context, false);
    }

    /// This limit, at which the thread of the call is interrupted besides: for code that does not look at a
    /// deadline. Costs the start of a virtual thread for each call.
    public Timeout interrupting() {
        return new Timeout(place, limit, context, true);
    }

    /// The limit for a call that begins now.
    public Duration limit() {
        return limit.duration();
    }

    @Override
    public Place place() {
        return place;
    }

    @Override
    public <T extends @Nullable Object> T call(Attempt attempt, Call<T> next) throws Exception {
        Duration limitNow = limit.duration();
        Deadline deadline = Deadline.after(limitNow, context.time());
        try {
            T answer = deadline.call(() -> interrupts
                    ? Interruption.call(limitNow.toNanos(), context.time(), attempt, next)
                    : next.call(attempt));
            limit.observe(limitNow, deadline);
            return answer;
        } catch (Exception error) {
            if (deadline.hasPassed()) {
                limit.observe(limitNow, deadline);
                context.tell(new PolicyEvent.TimedOut(
                        context.name(), attempt.traits().name(), limitNow));
            }
            throw error;
        }
    }
}
