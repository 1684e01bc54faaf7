package io.hawser.hub.config;

import io.hawser.config.Setting;
import io.hawser.policy.HealthConfig;
import java.time.Duration;

/// How each endpoint of a service is asked whether it is well.
///
/// @param path what is asked for: it is well where it answers below 400
/// @param interval between two questions
/// @param timeout of one
/// @param unhealthyAfter failures in a row, after which it gets no calls
/// @param healthyAfter successes in a row, after which it gets calls again
public record UpstreamHealthSettings(
        @Setting(required = true) String path,
        Duration interval,
        Duration timeout,
        int unhealthyAfter,
        int healthyAfter) {
    private static final UpstreamHealthSettings DEFAULTS =
            new UpstreamHealthSettings("/", Duration.ofSeconds(5), Duration.ofSeconds(2), 3, 2);

    public UpstreamHealthSettings {
        if (!path.startsWith("/")) throw new IllegalArgumentException("path '" + path + "': begins with /");
        var _ = new HealthConfig(interval, timeout, unhealthyAfter, healthyAfter);
    }

    /// All but the path, which has no default.
    public static UpstreamHealthSettings defaults() {
        return DEFAULTS;
    }

    HealthConfig toConfig() {
        return new HealthConfig(interval, timeout, unhealthyAfter, healthyAfter);
    }
}
