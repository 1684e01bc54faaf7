package io.hawser.policy;

import java.time.Duration;

/// How often endpoints are checked, and when the result counts.
///
/// @param interval between two checks of an endpoint
/// @param timeout the [io.hawser.Deadline] of one check, which must heed it: nothing cuts it off, and until
///     it ends its endpoint is not checked again
/// @param unhealthyAfter failed checks in a row
/// @param healthyAfter successful checks in a row
public record HealthConfig(Duration interval, Duration timeout, int unhealthyAfter, int healthyAfter) {
    private static final HealthConfig DEFAULTS = new HealthConfig(Duration.ofSeconds(5), Duration.ofSeconds(2), 3, 2);

    public HealthConfig {
        Checked.positive("interval", interval);
        Checked.positive("timeout", timeout);
        Checked.between("unhealthyAfter", unhealthyAfter, 1, 100);
        Checked.between("healthyAfter", healthyAfter, 1, 100);
    }

    /// Every 5 s, 2 s each; unhealthy after 3, healthy after 2.
    public static HealthConfig defaults() {
        return DEFAULTS;
    }

    public HealthConfig withInterval(Duration interval) {
        return new HealthConfig(interval, timeout, unhealthyAfter, healthyAfter);
    }

    public HealthConfig withTimeout(Duration timeout) {
        return new HealthConfig(interval, timeout, unhealthyAfter, healthyAfter);
    }

    public HealthConfig withCounts(int unhealthyAfter, int healthyAfter) {
        return new HealthConfig(interval, timeout, unhealthyAfter, healthyAfter);
    }
}
