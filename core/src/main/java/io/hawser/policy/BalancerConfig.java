package io.hawser.policy;

import java.time.Duration;
import java.util.Objects;

/// How a [LoadBalancer] chooses.
///
/// @param balance among the endpoints that are well
/// @param ejection of those that fail
/// @param panicThreshold the share of endpoints that must be well; below it, all are used, well or not
/// @param slowStart how long an endpoint that is new or back gets less than its share; zero for at once; not
///     with [Balance#CONSISTENT_HASH], where a key has its endpoint at once
public record BalancerConfig(Balance balance, OutlierEjection ejection, double panicThreshold, Duration slowStart) {
    private static final BalancerConfig DEFAULTS =
            new BalancerConfig(Balance.P2C, OutlierEjection.defaults(), 0.5, Duration.ofSeconds(30));

    public BalancerConfig {
        Objects.requireNonNull(balance, "balance");
        Objects.requireNonNull(ejection, "ejection");
        Checked.between("panicThreshold", panicThreshold, 0, 1);
        Checked.notNegative("slowStart", slowStart);
    }

    /// Power of two choices, default ejection, panic below half, a slow start of 30 s.
    public static BalancerConfig defaults() {
        return DEFAULTS;
    }

    public BalancerConfig withBalance(Balance balance) {
        return new BalancerConfig(balance, ejection, panicThreshold, slowStart);
    }

    public BalancerConfig withEjection(OutlierEjection ejection) {
        return new BalancerConfig(balance, ejection, panicThreshold, slowStart);
    }

    public BalancerConfig withPanicThreshold(double panicThreshold) {
        return new BalancerConfig(balance, ejection, panicThreshold, slowStart);
    }

    public BalancerConfig withSlowStart(Duration slowStart) {
        return new BalancerConfig(balance, ejection, panicThreshold, slowStart);
    }
}
