package io.hawser.benchmarks.broadcast;

import java.util.Map;
import org.HdrHistogram.Histogram;

/// What a load of broadcasts gave.
///
/// @param deliveries within the measured interval, to all subscribers together
/// @param latency of those; at a rate, of all that was due within the interval
/// @param wallNanos of the interval that the processor times are of
/// @param faults everything that went wrong, warm-up included, by kind
public record BroadcastReport(
        long deliveries,
        Histogram latency,
        long wallNanos,
        long serverNanos,
        long clientNanos,
        Map<String, Long> faults) {

    private static final double NANOS_PER_MICRO = 1e3;

    public BroadcastReport {
        faults = Map.copyOf(faults);
    }

    /// A percentile of the latencies, in microseconds: NaN where there are none, rather than the best.
    public double latencyMicros(double percentile) {
        if (latency.getTotalCount() == 0) return Double.NaN;
        return latency.getValueAtPercentile(percentile) / NANOS_PER_MICRO;
    }
}
