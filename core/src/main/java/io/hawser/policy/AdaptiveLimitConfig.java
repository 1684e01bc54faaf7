package io.hawser.policy;

import java.time.Duration;

/// Between what bounds an [AdaptiveLimit] moves.
///
/// @param initial limit
/// @param min the lowest limit, at least 1
/// @param max the highest limit, at most 1,000,000
/// @param maxWaiting calls that may wait for a place; the next one is refused
/// @param maxWait how long one waits, the deadline permitting
public record AdaptiveLimitConfig(int initial, int min, int max, int maxWaiting, Duration maxWait) {
    private static final AdaptiveLimitConfig DEFAULTS =
            new AdaptiveLimitConfig(20, 2, 2_000, 100, Duration.ofSeconds(1));

    public AdaptiveLimitConfig {
        Checked.between("max", max, 1, 1_000_000);
        Checked.between("min", min, 1, max);
        Checked.between("initial", initial, min, max);
        Checked.between("maxWaiting", maxWaiting, 0, 1_000_000);
        Checked.notNegative("maxWait", maxWait);
    }

    /// From 20, between 2 and 2,000; 100 wait for at most 1 s.
    public static AdaptiveLimitConfig defaults() {
        return DEFAULTS;
    }

    /// From `initial`, between `min` and `max`.
    public AdaptiveLimitConfig withBounds(int initial, int min, int max) {
        return new AdaptiveLimitConfig(initial, min, max, maxWaiting, maxWait);
    }

    public AdaptiveLimitConfig withWaiting(int maxWaiting, Duration maxWait) {
        return new AdaptiveLimitConfig(initial, min, max, maxWaiting, maxWait);
    }
}
