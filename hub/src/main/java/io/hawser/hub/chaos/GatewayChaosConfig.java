package io.hawser.hub.chaos;

import java.time.Duration;

/// How much goes on while things go wrong behind a gateway.
///
/// @param rate calls in a second
/// @param fault how long each fault lasts
public record GatewayChaosConfig(int rate, Duration fault) {
    public GatewayChaosConfig {
        if (rate < 1 || rate > 2000) throw new IllegalArgumentException("rate " + rate + ": 1 to 2,000");
        if (!fault.isPositive()) throw new IllegalArgumentException("fault " + fault + ": above zero");
    }
}
