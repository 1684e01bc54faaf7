package io.hawser.policy;

import java.time.Duration;

/// How much a [Batcher] collects before it sends.
///
/// @param maxItems of a batch; 1 to 100,000
/// @param maxBytes of a batch, by the sizes that its items are said to have
/// @param linger how long the first item waits for others
/// @param maxConcurrent batches under way at a time
/// @param maxWaiting items that may wait to be sent; the next one is refused
public record BatcherConfig(int maxItems, long maxBytes, Duration linger, int maxConcurrent, int maxWaiting) {
    private static final BatcherConfig DEFAULTS = new BatcherConfig(64, 1 << 20, Duration.ofMillis(2), 16, 4096);

    public BatcherConfig {
        Checked.between("maxItems", maxItems, 1, 100_000);
        if (maxBytes < 1) throw new IllegalArgumentException("maxBytes is " + maxBytes + ", below 1");
        Checked.notNegative("linger", linger);
        Checked.between("maxConcurrent", maxConcurrent, 1, 10_000);
        Checked.between("maxWaiting", maxWaiting, 1, 10_000_000);
    }

    /// 64 items, 1 MiB, 2 ms; 16 batches at a time, 4,096 items waiting.
    public static BatcherConfig defaults() {
        return DEFAULTS;
    }

    public BatcherConfig withMaxItems(int maxItems) {
        return new BatcherConfig(maxItems, maxBytes, linger, maxConcurrent, maxWaiting);
    }

    public BatcherConfig withMaxBytes(long maxBytes) {
        return new BatcherConfig(maxItems, maxBytes, linger, maxConcurrent, maxWaiting);
    }

    public BatcherConfig withLinger(Duration linger) {
        return new BatcherConfig(maxItems, maxBytes, linger, maxConcurrent, maxWaiting);
    }

    public BatcherConfig withMaxConcurrent(int maxConcurrent) {
        return new BatcherConfig(maxItems, maxBytes, linger, maxConcurrent, maxWaiting);
    }

    public BatcherConfig withMaxWaiting(int maxWaiting) {
        return new BatcherConfig(maxItems, maxBytes, linger, maxConcurrent, maxWaiting);
    }
}
