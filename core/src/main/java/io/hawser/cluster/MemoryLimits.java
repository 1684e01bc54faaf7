package io.hawser.cluster;

/// How much of the heap the topics of one node may take.
///
/// @param historyBytes of all topics together, with what it costs to keep them; over it the topic that was not
///     used for longest is forgotten; default an eighth of the heap
/// @param topics how many have a history; over it as above; default 100,000
/// @param mids how many `mid`s are remembered, for two minutes each; over it the oldest is forgotten; default
///     200,000
public record MemoryLimits(long historyBytes, int topics, int mids) {
    public MemoryLimits {
        if (historyBytes < 1) throw new IllegalArgumentException("historyBytes " + historyBytes + ": above zero");
        if (topics < 1) throw new IllegalArgumentException("topics " + topics + ": above zero");
        if (mids < 1) throw new IllegalArgumentException("mids " + mids + ": above zero");
    }

    public static MemoryLimits defaults() {
        return new MemoryLimits(Runtime.getRuntime().maxMemory() / 8, 100_000, 200_000);
    }

    public MemoryLimits withHistoryBytes(long changed) {
        return new MemoryLimits(changed, topics, mids);
    }

    public MemoryLimits withTopics(int changed) {
        return new MemoryLimits(historyBytes, changed, mids);
    }

    public MemoryLimits withMids(int changed) {
        return new MemoryLimits(historyBytes, topics, changed);
    }
}
