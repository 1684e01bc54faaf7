package io.hawser.benchmarks.broadcast;

import java.util.Map;
import org.HdrHistogram.Histogram;

/// What a load of broadcasts gave.
///
/// @param deliveries within the measured interval, to all subscribers together
/// @param wallNanos of the interval that the processor times are of
/// @param faults everything that went wrong, warm-up included, by kind
public record BroadcastReport(
        long deliveries,
        Histogram latency,
        long wallNanos,
        long serverNanos,
        long clientNanos,
        Map<String, Long> faults) {

    public BroadcastReport {
        faults = Map.copyOf(faults);
    }
}
