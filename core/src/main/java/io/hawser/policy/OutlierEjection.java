package io.hawser.policy;

import java.time.Duration;

/// When a [LoadBalancer] stops sending calls to an endpoint that fails, and for how long.
///
/// @param failures in a row after which it is ejected; 0 never ejects
/// @param base how long the first time; the second time twice as long, the third three times, and one less
///     for each such time that passed without
/// @param max the longest
/// @param maxShare of the endpoints that may be ejected at a time; 0.5 is half of them, rounded down
public record OutlierEjection(int failures, Duration base, Duration max, double maxShare) {
    private static final OutlierEjection DEFAULTS =
            new OutlierEjection(5, Duration.ofSeconds(30), Duration.ofMinutes(5), 0.5);

    public OutlierEjection {
        Checked.between("failures", failures, 0, 1_000_000);
        Checked.positive("base", base);
        Checked.positive("max", max);
        Checked.between("maxShare", maxShare, 0, 1);
    }

    /// After 5 failures, for 30 s times the count up to 5 minutes, at most half of the endpoints.
    public static OutlierEjection defaults() {
        return DEFAULTS;
    }

    /// Never ejects.
    public static OutlierEjection off() {
        return DEFAULTS.withFailures(0);
    }

    public OutlierEjection withFailures(int failures) {
        return new OutlierEjection(failures, base, max, maxShare);
    }

    public OutlierEjection withTime(Duration base, Duration max) {
        return new OutlierEjection(failures, base, max, maxShare);
    }

    public OutlierEjection withMaxShare(double maxShare) {
        return new OutlierEjection(failures, base, max, maxShare);
    }
}
