package io.hawser.policy;

import java.time.Duration;

/// How many calls a [Bulkhead] lets through at a time, and how many wait.
///
/// @param maxConcurrent calls at a time; 1 to 1,000,000
/// @param maxWaiting calls that may wait for a place; the next one is refused. 0 to 1,000,000
/// @param maxWait how long one waits, the deadline permitting
public record BulkheadConfig(int maxConcurrent, int maxWaiting, Duration maxWait) {
    private static final BulkheadConfig DEFAULTS = new BulkheadConfig(256, 1024, Duration.ofSeconds(10));

    public BulkheadConfig {
        Checked.between("maxConcurrent", maxConcurrent, 1, 1_000_000);
        Checked.between("maxWaiting", maxWaiting, 0, 1_000_000);
        Checked.notNegative("maxWait", maxWait);
    }

    /// 256 at a time, 1,024 waiting for at most 10 s.
    public static BulkheadConfig defaults() {
        return DEFAULTS;
    }

    public BulkheadConfig withMaxConcurrent(int maxConcurrent) {
        return new BulkheadConfig(maxConcurrent, maxWaiting, maxWait);
    }

    public BulkheadConfig withMaxWaiting(int maxWaiting) {
        return new BulkheadConfig(maxConcurrent, maxWaiting, maxWait);
    }

    public BulkheadConfig withMaxWait(Duration maxWait) {
        return new BulkheadConfig(maxConcurrent, maxWaiting, maxWait);
    }
}
