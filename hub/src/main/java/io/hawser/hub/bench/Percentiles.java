package io.hawser.hub.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/// Latency at the usual marks.
///
/// Units: nanoseconds, three significant digits; all 0 when nothing was measured.
public record Percentiles(long p50Nanos, long p90Nanos, long p99Nanos, long p999Nanos, long maxNanos) {
    private static final double NANOS_PER_MICRO = 1000.0;

    /// Those of what was recorded, in nanoseconds.
    public static Percentiles of(Histogram histogram) {
        return new Percentiles(
                histogram.getValueAtPercentile(50),
                histogram.getValueAtPercentile(90),
                histogram.getValueAtPercentile(99),
                histogram.getValueAtPercentile(99.9),
                histogram.getMaxValue());
    }

    /// By name, in microseconds: for people and for JSON.
    Map<String, Double> toMicros() {
        var micros = new LinkedHashMap<String, Double>();
        micros.put("p50", p50Nanos / NANOS_PER_MICRO);
        micros.put("p90", p90Nanos / NANOS_PER_MICRO);
        micros.put("p99", p99Nanos / NANOS_PER_MICRO);
        micros.put("p99.9", p999Nanos / NANOS_PER_MICRO);
        micros.put("max", maxNanos / NANOS_PER_MICRO);
        return micros;
    }
}
