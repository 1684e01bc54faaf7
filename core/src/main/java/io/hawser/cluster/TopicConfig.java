package io.hawser.cluster;

import java.time.Duration;

/// What is kept of a topic.
///
/// @param kind default [TopicClass#LOG]
/// @param size how many messages can be recovered; default 128, at most 100,000
/// @param age how old a message may be to be recovered; default 5 min, at most 24 h
/// @param bytes how many bytes of payload can be recovered; default 1 MiB, at most 1 GiB
public record TopicConfig(TopicClass kind, int size, Duration age, long bytes) {
    private static final int MAX_SIZE = 100_000;
    private static final Duration MAX_AGE = Duration.ofHours(24);
    private static final long MAX_BYTES = 1L << 30;

    private static final TopicConfig LOG = new TopicConfig(TopicClass.LOG, 128, Duration.ofMinutes(5), 1 << 20);

    public TopicConfig {
        if (size < 1 || size > MAX_SIZE) throw new IllegalArgumentException("size " + size + ": from 1 to " + MAX_SIZE);
        if (!age.isPositive() || age.compareTo(MAX_AGE) > 0) {
            throw new IllegalArgumentException("age " + age + ": above zero, at most " + MAX_AGE);
        }
        if (bytes < 1 || bytes > MAX_BYTES) {
            throw new IllegalArgumentException("bytes " + bytes + ": from 1 to " + MAX_BYTES);
        }
    }

    /// A topic with history, with the defaults.
    public static TopicConfig log() {
        return LOG;
    }

    /// A topic without history.
    public static TopicConfig live() {
        return new TopicConfig(TopicClass.LIVE, LOG.size, LOG.age, LOG.bytes);
    }

    public TopicConfig withSize(int changed) {
        return new TopicConfig(kind, changed, age, bytes);
    }

    public TopicConfig withAge(Duration changed) {
        return new TopicConfig(kind, size, changed, bytes);
    }

    public TopicConfig withBytes(long changed) {
        return new TopicConfig(kind, size, age, changed);
    }

    public boolean isLog() {
        return kind == TopicClass.LOG;
    }
}
