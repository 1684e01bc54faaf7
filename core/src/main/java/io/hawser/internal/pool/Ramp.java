package io.hawser.internal.pool;

import io.hawser.Reconnect;
import io.hawser.pool.Growth;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// How many connections to open now: a step at first, twice as many with each that opened, and after a failure
/// nothing for a while and then a step again.
///
/// Lock: the pool's.
final class Ramp {
    private static final int WIDEST = 8;

    private final Growth growth;
    private final Reconnect pauses;
    private final int step;
    private int width;
    private int failures;
    private long notBeforeNanos;
    private @Nullable Throwable lastFailure;

    Ramp(Growth growth) {
        this.growth = growth;
        this.pauses = new Reconnect(growth.firstPause(), growth.longestPause(), 0);
        this.step = Math.max(1, growth.step());
        this.width = Math.max(step, growth.initialSize());
    }

    /// How many more to open, pauses aside.
    ///
    /// @param open connections that are open
    /// @param connecting those being opened
    /// @param waiting callers without one
    int missing(int open, int connecting, int waiting, int maxSize) {
        int floor = growth.initialSize() - open - connecting;
        int wanted = waiting - connecting;
        if (growth.isOn() && wanted > 0) wanted = Math.max(wanted, step);
        if (!growth.isOn()) wanted = 0;
        int room = Math.min(maxSize - open, width) - connecting;
        return Math.max(0, Math.min(Math.max(floor, wanted), room));
    }

    void opened() {
        failures = 0;
        lastFailure = null;
        width = Math.max(width, Math.min(width * 2, step * WIDEST));
    }

    void failed(Throwable cause, long now, RandomGenerator random) {
        lastFailure = cause;
        width = step;
        notBeforeNanos = now + pauses.pause(failures, random).toNanos();
        if (failures < Integer.MAX_VALUE) failures++;
    }

    /// How long nothing may be opened, 0 for now.
    long pauseNanos(long now) {
        return failures == 0 ? 0 : Math.max(0, notBeforeNanos - now);
    }

    /// Why the last attempt failed, unless one has succeeded since.
    @Nullable
    Throwable lastFailure() {
        return lastFailure;
    }
}
