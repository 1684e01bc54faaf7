package io.hawser.policy;

import java.util.concurrent.TimeUnit;

/// Estimates how many calls an upstream works on at a time, from how round trips grow.
///
/// Of `n` calls at a time an upstream with room for `c` answers in its idle round trip while `n <= c`, and
/// beyond that in `n / c` times as much. So `n * idle / roundTrip` is `c`, and the limit goes there, plus a
/// little to find out whether there is room for more. It works in windows of calls, whose mean smooths what
/// single calls vary, and leaves out the calls that began under the limit of before.
///
/// What the idle round trip is, it learns in three ways:
/// - It is measured in a window with half the limit, after 2, 4, 8, ... and from then on every 256 windows.
/// - Two windows in a row that are clearly shorter replace it.
/// - A queue shrinks with the limit. A round trip that does not is no queue: the upstream has become slower,
///   and that is the idle round trip from now on. Without this, one that is slow for good would be taken for
///   a full one and starved.
///
/// The limit grows only while it is used, and shrinks by a tenth after a window in which a twentieth of the
/// calls were throttled or failed.
///
/// Lock: this monitor guards all fields.
final class Gradient {
    private static final int CALLS_MIN = 500;
    private static final int CALLS_MAX = 4_000;
    private static final int CALLS_ENOUGH = 100;
    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int WINDOWS_BETWEEN_PROBES_MAX = 256;

    private static final double HEADROOM = 0.03;
    private static final double HEADROOM_MIN = 0.5;
    private static final double HEADROOM_AT_FIRST = 0.25;
    private static final double STEEPEST = 0.5;
    private static final double CLEARLY = 0.9;
    private static final double LOWERED = 0.8;
    private static final double USED = 0.8;
    private static final double DROPPED_MAX = 0.05;
    private static final double AFTER_DROPS = 0.9;

    private final int min;
    private final int max;
    private double limit;
    private boolean atFirst = true;

    private double idleNanos = Double.MAX_VALUE;
    private boolean wasShorter;
    private double markedLimit;
    private double markedNanos;
    private boolean probing;
    private int windowsToProbe = 2;
    private int windowsBetweenProbes = 2;

    private long windowStart;
    private int skipped;
    private int answered;
    private int dropped;
    private double sumNanos;
    private int mostConcurrent;

    Gradient(int initial, int min, int max, long now) {
        this.limit = initial;
        this.min = min;
        this.max = max;
        this.windowStart = now;
    }

    synchronized int limit() {
        return (int) Math.round(limit);
    }

    /// What applies now.
    synchronized int current() {
        return probing ? Math.max(min, (int) (limit / 2)) : (int) Math.round(limit);
    }

    /// A call succeeded.
    ///
    /// @param concurrent calls under way when it began, itself included
    /// @return whether a window ended, after which [#current()] may be another
    synchronized boolean answered(long roundTripNanos, int concurrent, long now) {
        if (skipped > 0) {
            skipped--;
            return false;
        }
        answered++;
        sumNanos += roundTripNanos;
        mostConcurrent = Math.max(mostConcurrent, concurrent);
        return windowEnded(now);
    }

    /// A call was throttled or failed in passing.
    synchronized boolean dropped(long now) {
        dropped++;
        return windowEnded(now);
    }

    private boolean windowEnded(long now) {
        int calls = answered + dropped;
        boolean enough = calls >= CALLS_ENOUGH && now - windowStart >= WINDOW_NANOS;
        if (!enough && calls < Math.clamp((long) (limit * 2), CALLS_MIN, CALLS_MAX)) return false;
        if (dropped > calls * DROPPED_MAX) {
            move(limit * AFTER_DROPS);
        } else {
            adjust(sumNanos / answered);
        }
        skipped = mostConcurrent;
        answered = 0;
        dropped = 0;
        sumNanos = 0;
        mostConcurrent = 0;
        windowStart = now;
        return true;
    }

    private void adjust(double roundTrip) {
        if (probing) {
            probing = false;
            idleNanos = roundTrip;
            return;
        }
        learnIdle(roundTrip);
        double gradient = Math.clamp(idleNanos / roundTrip, STEEPEST, 1);
        if (gradient < CLEARLY) atFirst = false;
        double headroom = atFirst ? limit * HEADROOM_AT_FIRST : Math.max(HEADROOM_MIN, limit * HEADROOM);
        double wanted = limit * gradient + headroom;
        if (wanted < limit || mostConcurrent >= limit * USED) move(wanted);
        if (--windowsToProbe <= 0) {
            probing = true;
            windowsBetweenProbes = Math.min(windowsBetweenProbes * 2, WINDOWS_BETWEEN_PROBES_MAX);
            windowsToProbe = windowsBetweenProbes;
        }
    }

    private void learnIdle(double roundTrip) {
        boolean shorter = roundTrip < idleNanos * CLEARLY;
        if (shorter && (wasShorter || idleNanos == Double.MAX_VALUE)) idleNanos = roundTrip;
        wasShorter = shorter;
        if (limit > markedLimit) {
            mark(roundTrip);
        } else if (limit <= markedLimit * LOWERED) {
            if (roundTrip > markedNanos * CLEARLY) idleNanos = roundTrip;
            mark(roundTrip);
        }
    }

    private void mark(double roundTrip) {
        markedLimit = limit;
        markedNanos = roundTrip;
    }

    private void move(double to) {
        limit = Math.clamp(to, min, max);
    }
}
