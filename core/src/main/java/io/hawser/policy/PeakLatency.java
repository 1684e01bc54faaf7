package io.hawser.policy;

import java.util.concurrent.TimeUnit;

/// An average of latencies that rises at once to a higher one and falls over about ten seconds.
///
/// So one slow call is enough to be avoided, and time enough to be tried again. A failure counts as five
/// times the average, up to ten seconds: an endpoint that fails at once must not look like the fastest.
///
/// Lock: this monitor guards all fields.
final class PeakLatency {
    private static final double DECAY_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final double FAILURE_TIMES = 5;
    private static final double FAILURE_MAX_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final double FAILURE_MIN_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private double average;
    private long atNanos;

    PeakLatency(long now) {
        this.atNanos = now;
    }

    /// The average of now, 0 where nothing is known.
    synchronized double nanos(long now) {
        return average * weightOfPast(now);
    }

    synchronized void observe(double latency, long now) {
        double weight = weightOfPast(now);
        double decayed = average * weight;
        average = latency >= decayed ? latency : decayed + (1 - weight) * latency;
        atNanos = now;
    }

    /// A call that was given up after `elapsed` would have taken at least that.
    synchronized void observeAtLeast(double elapsed, long now) {
        if (elapsed > average * weightOfPast(now)) observe(elapsed, now);
    }

    synchronized void failed(double elapsed, long now) {
        double penalty = Math.clamp(average * weightOfPast(now) * FAILURE_TIMES, FAILURE_MIN_NANOS, FAILURE_MAX_NANOS);
        observe(Math.max(elapsed, penalty), now);
    }

    private double weightOfPast(long now) {
        return Math.exp(-Math.max(0, now - atNanos) / DECAY_NANOS);
    }
}
