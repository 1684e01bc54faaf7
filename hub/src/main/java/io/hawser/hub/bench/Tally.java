package io.hawser.hub.bench;

import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;

/// What one thread measured. Answers count for the report only within the measured interval.
///
/// Thread: its own one; others read [#answeredSoFar()] while it runs and the rest when it has ended.
final class Tally {
    static final int SIGNIFICANT_DIGITS = 3;

    private final long fromNanos;
    private final long toNanos;
    private final Histogram latency = new Histogram(SIGNIFICANT_DIGITS);
    private final Faults faults = new Faults();
    private final AtomicLong answered = new AtomicLong();
    private long measured;
    private long unsent;

    Tally(long fromNanos, long toNanos) {
        this.fromNanos = fromNanos;
        this.toNanos = toNanos;
    }

    /// Takes `count` answers that came at `nowNanos` to requests that were sent, or due, at `sentNanos`.
    void answers(long count, long sentNanos, long nowNanos) {
        answered.setOpaque(answered.getPlain() + count);
        if (nowNanos - fromNanos >= 0 && nowNanos - toNanos < 0) {
            measured += count;
            latency.recordValueWithCount(Math.max(0, nowNanos - sentNanos), count);
        }
    }

    /// All answers, those of the warm-up too.
    long answeredSoFar() {
        return answered.getOpaque();
    }

    long measured() {
        return measured;
    }

    /// Says how many requests of an open loop were due and never found room.
    void unsent(long count) {
        unsent = count;
    }

    long unsent() {
        return unsent;
    }

    Histogram latency() {
        return latency;
    }

    Faults faults() {
        return faults;
    }
}
