package io.hawser.benchmarks.broadcast;

import io.hawser.hub.bench.Arrivals;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// When the next message is to be published: as soon as there is room, or when it is due.
///
/// One that is due and finds no room waits, and its latency runs from when it was due.
final class Pace {
    private final Ledger ledger;
    private final @Nullable Arrivals arrivals;
    private long published;

    Pace(Ledger ledger, long startNanos, OptionalLong perSecond) {
        this.ledger = ledger;
        this.arrivals = perSecond.isPresent() ? new Arrivals(startNanos, perSecond.getAsLong(), 1, 0, 1) : null;
    }

    /// The text to publish now, null for none.
    @Nullable
    String next(long now) {
        if (!ledger.hasRoom()) return null;
        if (arrivals == null) return ledger.publish(System.nanoTime());
        long due = arrivals.dueNanos(published);
        if (due - now > 0) return null;
        published++;
        return ledger.publish(due);
    }

    long nanosToNext(long now) {
        if (arrivals == null || !ledger.hasRoom()) return Long.MAX_VALUE;
        return arrivals.dueNanos(published) - now;
    }

    /// How many were due before `end` and never published.
    long missed(long end) {
        return arrivals == null ? 0 : Math.max(0, arrivals.dueBy(end - 1) - published);
    }
}
