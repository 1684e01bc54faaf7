package io.hawser.internal.metrics;

import java.time.Duration;
import java.util.stream.LongStream;

/// The buckets of every latency that has some: 50 us to 10 s, fine enough to tell a percentile from, few
/// enough to keep.
public final class Latency {
    private Latency() {}

    public static Duration[] buckets() {
        return LongStream.of(
                        50,
                        100,
                        250,
                        500,
                        1_000,
                        2_500,
                        5_000,
                        10_000,
                        25_000,
                        50_000,
                        100_000,
                        250_000,
                        500_000,
                        1_000_000,
                        2_500_000,
                        5_000_000,
                        10_000_000)
                .mapToObj(micros -> Duration.ofNanos(micros * 1_000))
                .toArray(Duration[]::new);
    }
}
