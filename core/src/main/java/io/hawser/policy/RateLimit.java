package io.hawser.policy;

import java.time.Duration;

/// How many calls are allowed in what time.
///
/// @param permits calls for each `period`
/// @param period what the permits are for
/// @param burst calls that may be made at once after a pause
/// @param windowed whether all permits of a period come at once at its beginning, rather than evenly
public record RateLimit(long permits, Duration period, long burst, boolean windowed) {
    private static final long MAX = 1_000_000_000;

    public RateLimit {
        if (permits < 1 || permits > MAX) throw outside("permits", permits);
        if (burst < 1 || burst > MAX) throw outside("burst", burst);
        Checked.positive("period", period);
        if (period.toNanos() < permits) throw new IllegalArgumentException("more than one permit a nanosecond");
    }

    private static IllegalArgumentException outside(String what, long value) {
        return new IllegalArgumentException(what + " is " + value + ", not between 1 and " + MAX);
    }

    /// `permits` in each window of `period`, the way most APIs count. Around the turn of a window twice as
    /// many may come together.
    public static RateLimit perWindow(long permits, Duration period) {
        return new RateLimit(permits, period, permits, true);
    }

    /// A bucket of `burst` tokens that fills evenly at `permits` for each `period`.
    public static RateLimit tokenBucket(long permits, Duration period, long burst) {
        return new RateLimit(permits, period, burst, false);
    }

    /// `permits` a second, evenly, of which a second's worth may come at once.
    public static RateLimit perSecond(long permits) {
        return tokenBucket(permits, Duration.ofSeconds(1), permits);
    }
}
