package io.hawser.policy;

import io.hawser.Cancelled;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.HawserException.Processed;
import java.util.Optional;

/// Gets a call a place, or an error that says why not.
final class Admission {
    private Admission() {}

    /// @param what hands out the places, e.g. `bulkhead`
    static void enter(Places places, long maxWaitNanos, Attempt attempt, PolicyContext context, String what) {
        long leftNanos = Deadline.current().remainingNanos();
        switch (places.take(Math.min(maxWaitNanos, leftNanos))) {
            case GRANTED -> {}
            case INTERRUPTED -> throw new Cancelled("interrupted while waiting for the " + what, Processed.NO, null);
            case FULL -> throw refused(what + " is full, and so is its line", attempt, context, what);
            case TIMED_OUT -> {
                if (leftNanos <= maxWaitNanos) {
                    tell(attempt, context, what);
                    throw new DeadlineExceeded("a place in the " + what, Processed.NO);
                }
                throw refused(what + " had no place in time", attempt, context, what);
            }
        }
    }

    private static RuntimeException refused(String reason, Attempt attempt, PolicyContext context, String what) {
        tell(attempt, context, what);
        return attempt.refusal(context.name() + ": " + reason, Optional.empty());
    }

    private static void tell(Attempt attempt, PolicyContext context, String what) {
        context.tell(new PolicyEvent.Refused(context.name(), attempt.traits().name(), what, Optional.empty()));
    }
}
