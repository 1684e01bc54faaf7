package io.hawser.policy;

import java.time.Duration;

/// When a [CircuitBreaker] opens and how it closes again.
///
/// @param failureRate of the calls in the window that opens it; 0.001 to 1
/// @param minCalls in the window before it judges at all
/// @param window that it looks back; whole seconds, 1 s to an hour
/// @param openFirst how long it stays open the first time; each time that the probes fail as often, or are
///     slow as often, as opens it, it is twice as long
/// @param openMax the longest that it stays open
/// @param probes calls let through to find out whether to close
/// @param slowCall a call that takes longer is slow
/// @param slowRate of slow calls in the window that opens it; 0.001 to 1, which is only if all are
public record BreakerConfig(
        double failureRate,
        int minCalls,
        Duration window,
        Duration openFirst,
        Duration openMax,
        int probes,
        Duration slowCall,
        double slowRate) {
    private static final BreakerConfig DEFAULTS = new BreakerConfig(
            0.5,
            20,
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofSeconds(60),
            3,
            Duration.ofSeconds(30),
            1);

    public BreakerConfig {
        Checked.between("failureRate", failureRate, 0.001, 1);
        Checked.between("minCalls", minCalls, 1, 1_000_000);
        Checked.between(
                "seconds of window", (int) Checked.positive("window", window).toSeconds(), 1, 3600);
        Checked.positive("openFirst", openFirst);
        Checked.positive("openMax", openMax);
        if (openFirst.compareTo(openMax) > 0) {
            throw new IllegalArgumentException("openFirst is " + openFirst + ", above openMax " + openMax);
        }
        Checked.between("probes", probes, 1, 1000);
        Checked.positive("slowCall", slowCall);
        Checked.between("slowRate", slowRate, 0.001, 1);
    }

    /// Opens when half of at least 20 calls in 10 s fail, or all take over 30 s; for 5 s, doubling to 60 s; 3
    /// probes.
    public static BreakerConfig defaults() {
        return DEFAULTS;
    }

    public BreakerConfig withFailureRate(double failureRate) {
        return new BreakerConfig(failureRate, minCalls, window, openFirst, openMax, probes, slowCall, slowRate);
    }

    public BreakerConfig withMinCalls(int minCalls) {
        return new BreakerConfig(failureRate, minCalls, window, openFirst, openMax, probes, slowCall, slowRate);
    }

    public BreakerConfig withWindow(Duration window) {
        return new BreakerConfig(failureRate, minCalls, window, openFirst, openMax, probes, slowCall, slowRate);
    }

    /// Open for `first`, then twice as long each time, up to `max`.
    public BreakerConfig withOpen(Duration first, Duration max) {
        return new BreakerConfig(failureRate, minCalls, window, first, max, probes, slowCall, slowRate);
    }

    public BreakerConfig withProbes(int probes) {
        return new BreakerConfig(failureRate, minCalls, window, openFirst, openMax, probes, slowCall, slowRate);
    }

    /// Calls that take longer than `slowCall` are slow, and `slowRate` of them opens the breaker.
    public BreakerConfig withSlow(Duration slowCall, double slowRate) {
        return new BreakerConfig(failureRate, minCalls, window, openFirst, openMax, probes, slowCall, slowRate);
    }
}
