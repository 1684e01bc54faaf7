package io.hawser.hub.bench.topics;

import org.HdrHistogram.Histogram;

/// What all subscribers of one thread have seen.
///
/// Thread: one writes; `delivered` may be read by any.
final class TopicTally {
    private static final int DIGITS = 3;

    final Histogram latency = new Histogram(DIGITS);
    private volatile long delivered;
    long subscribed;
    long recovered;
    long resyncs;
    long duplicates;
    long holes;
    long failures;
    String failure = "";

    void delivered(long sentNanos) {
        latency.recordValue(Math.max(0, System.nanoTime() - sentNanos));
        setDelivered(delivered + 1);
    }

    private void setDelivered(long count) {
        delivered = count;
    }

    long delivered() {
        return delivered;
    }

    void failed(Exception why) {
        failures++;
        failure = String.valueOf(why.getMessage());
    }

    boolean isRight() {
        return duplicates == 0 && holes == 0 && failures == 0 && resyncs == 0;
    }
}
