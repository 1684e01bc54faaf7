package io.hawser.internal.tick;

import io.hawser.tick.Schedule;
import io.hawser.tick.Schedule.Pace;
import java.util.random.RandomGenerator;

/// The times of the ticks, computed from the times at which they ended.
///
/// At a fixed rate `slot` is the place on the grid of the next tick, and only the tick's own jitter comes on
/// top: what is late moves nothing that follows.
///
/// Thread: one at a time.
final class Timetable {
    private final boolean grid;
    private final long first;
    private final long every;
    private final long jitter;
    private final RandomGenerator random;
    private long slot;
    private long due;

    Timetable(Schedule schedule, long nowNanos, RandomGenerator random) {
        this.grid = schedule.pace() == Pace.FIXED_RATE;
        this.first = nowNanos + schedule.firstAfter().toNanos();
        this.every = schedule.every().toNanos();
        this.jitter = schedule.jitter().toNanos();
        this.random = random;
        this.due = first + jitter();
    }

    /// When the next tick should begin.
    long dueNanos() {
        return due;
    }

    /// The tick that was due has ended: sets the time of the next.
    ///
    /// @return how many were missed meanwhile
    long ended(long nowNanos) {
        if (!grid) {
            due = nowNanos + every + jitter();
            return 0;
        }
        long planned = slot + 1;
        // The slot that has begun may have its tick still before it, by its jitter.
        slot = Math.max(planned, Math.floorDiv(nowNanos - first, every));
        due = first + slot * every + jitter();
        if (due - nowNanos < 0) {
            slot++;
            due = first + slot * every + jitter();
        }
        return slot - planned;
    }

    private long jitter() {
        return jitter == 0 ? 0 : random.nextLong(jitter + 1);
    }
}
