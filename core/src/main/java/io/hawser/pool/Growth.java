package io.hawser.pool;

import java.time.Duration;

/// How a pool comes by its connections.
///
/// The initial ones are opened all at once. For those who wait, opening begins with as many at a time, but at
/// least `step`, and each one that opens doubles that, up to eight times the step; a failure begins anew with
/// `step`. So a server that is not there is asked by few, and one that is there is soon used in full.
///
/// @param initialSize connections opened at the start, and kept however idle; default 0
/// @param step connections opened together when one is needed; 0 for a pool that keeps to its initial size;
///     default 1
/// @param firstPause the longest pause after a first failure, which doubles with each further one; default 100
///     ms
/// @param longestPause the longest pause between attempts; default 10 s
public record Growth(int initialSize, int step, Duration firstPause, Duration longestPause) {
    private static final Growth DEFAULTS = new Growth(0, 1, Duration.ofMillis(100), Duration.ofSeconds(10));

    public Growth {
        if (initialSize < 0) throw new IllegalArgumentException("initialSize " + initialSize + ": 0 or more");
        if (step < 0) throw new IllegalArgumentException("step " + step + ": 0 or more");
        if (step == 0 && initialSize == 0) {
            throw new IllegalArgumentException("initialSize 0: at least 1 where the pool does not grow");
        }
        if (!firstPause.isPositive()) throw new IllegalArgumentException("firstPause " + firstPause + ": above zero");
        if (longestPause.compareTo(firstPause) < 0) {
            throw new IllegalArgumentException("longestPause " + longestPause + ": at least firstPause, " + firstPause);
        }
    }

    public static Growth defaults() {
        return DEFAULTS;
    }

    /// Exactly `size` connections, always.
    public static Growth fixed(int size) {
        return new Growth(size, 0, DEFAULTS.firstPause, DEFAULTS.longestPause);
    }

    public Growth withInitialSize(int changed) {
        return new Growth(changed, step, firstPause, longestPause);
    }

    public Growth withStep(int changed) {
        return new Growth(initialSize, changed, firstPause, longestPause);
    }

    public Growth withPauses(Duration first, Duration longest) {
        return new Growth(initialSize, step, first, longest);
    }

    /// Whether more than the initial size may be opened.
    public boolean isOn() {
        return step > 0;
    }
}
