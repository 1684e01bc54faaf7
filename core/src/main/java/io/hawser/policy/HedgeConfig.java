package io.hawser.policy;

import java.time.Duration;

/// When a [Hedge] sends a call a second time.
///
/// @param percentile of the times of recent calls after which the second is sent; 0.5 to 0.999
/// @param minDelay the shortest wait before it
/// @param share of calls that may be sent twice, in the long run; above 0, up to 1
/// @param burst how many may be sent twice at once after a quiet time; 1 to 1,000
public record HedgeConfig(double percentile, Duration minDelay, double share, int burst) {
    private static final HedgeConfig DEFAULTS = new HedgeConfig(0.95, Duration.ofMillis(1), 0.05, 10);

    public HedgeConfig {
        Checked.between("percentile", percentile, 0.5, 0.999);
        Checked.notNegative("minDelay", minDelay);
        Checked.between("share", share, 0.001, 1);
        Checked.between("burst", burst, 1, 1_000);
    }

    /// After the 95th percentile, 1 ms at least; 5 % of calls, 10 at once.
    public static HedgeConfig defaults() {
        return DEFAULTS;
    }

    public HedgeConfig withPercentile(double percentile) {
        return new HedgeConfig(percentile, minDelay, share, burst);
    }

    public HedgeConfig withMinDelay(Duration minDelay) {
        return new HedgeConfig(percentile, minDelay, share, burst);
    }

    public HedgeConfig withShare(double share) {
        return new HedgeConfig(percentile, minDelay, share, burst);
    }

    public HedgeConfig withBurst(int burst) {
        return new HedgeConfig(percentile, minDelay, share, burst);
    }
}
