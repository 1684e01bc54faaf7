package io.hawser.internal.tick;

import io.hawser.tick.TickerStats;
import java.time.Duration;

/// Counts what a ticker does.
///
/// Lock: this monitor guards all fields.
final class TickTally {
    private long ticks;
    private long failed;
    private long missed;
    private long busyNanos;
    private long longestNanos;
    private long lateNanos;
    private long latestNanos;

    synchronized void began(long late) {
        lateNanos = late;
        latestNanos = Math.max(latestNanos, late);
    }

    synchronized void ended(long tookNanos, boolean threw, long missedMeanwhile) {
        ticks++;
        if (threw) failed++;
        missed += missedMeanwhile;
        busyNanos += tookNanos;
        longestNanos = Math.max(longestNanos, tookNanos);
    }

    synchronized TickerStats stats() {
        return new TickerStats(
                ticks,
                failed,
                missed,
                0,
                Duration.ofNanos(busyNanos),
                Duration.ofNanos(longestNanos),
                Duration.ofNanos(lateNanos),
                Duration.ofNanos(latestNanos));
    }
}
