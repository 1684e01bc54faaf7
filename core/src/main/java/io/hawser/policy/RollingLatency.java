package io.hawser.policy;

import io.hawser.TimeSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;

/// One percentile of the times of the last 10 to 20 seconds, to within a sixteenth.
///
/// Two histograms take turns: while one fills, both are read. A bucket is a power of two divided in 16, so
/// recording is one addition, and reading is a walk over the counts that is done ten times a second at most.
/// Both histograms together take 3 KiB. A record that races with the turn of a histogram may be lost or
/// counted in the other.
final class RollingLatency {
    /// Fewer than [#ENOUGH] calls lately.
    static final long UNKNOWN = -1;

    static final int ENOUGH = 20;

    private static final long TURN_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long READ_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /// Times below 4 µs are one bucket, those above 2^37 ns (2 minutes) the last.
    private static final int SHIFT_MIN = 12;
    private static final int SHIFT_MAX = 37;
    private static final int SUB_BITS = 4;
    private static final int SUB = 1 << SUB_BITS;
    private static final int BUCKETS = (SHIFT_MAX - SHIFT_MIN) * SUB + 2;

    private final double percentile;
    private final TimeSource time;
    private volatile AtomicIntegerArray filling = new AtomicIntegerArray(BUCKETS);
    private volatile AtomicIntegerArray previous = new AtomicIntegerArray(BUCKETS);
    private volatile long turnedNanos;
    private volatile long readNanos;
    private volatile long value = UNKNOWN;

    /// @param percentile 0.99 for the 99th
    RollingLatency(double percentile, TimeSource time) {
        this.percentile = percentile;
        this.time = time;
        this.turnedNanos = time.nanoTime();
        this.readNanos = turnedNanos - READ_NANOS;
    }

    void record(long nanos) {
        filling.incrementAndGet(bucket(nanos));
    }

    /// The percentile, or [#UNKNOWN].
    long nanos() {
        return nanos(time.nanoTime());
    }

    /// As [#nanos()], for a caller who knows the time.
    long nanos(long now) {
        if (now - readNanos >= READ_NANOS) read(now);
        return value;
    }

    private synchronized void read(long now) {
        if (now - readNanos < READ_NANOS) return;
        readNanos = now;
        long age = now - turnedNanos;
        if (age >= TURN_NANOS) {
            previous = age < 2 * TURN_NANOS ? filling : new AtomicIntegerArray(BUCKETS);
            filling = new AtomicIntegerArray(BUCKETS);
            turnedNanos = now;
        }
        value = compute();
    }

    private long compute() {
        long total = 0;
        for (int bucket = 0; bucket < BUCKETS; bucket++) total += count(bucket);
        if (total < ENOUGH) return UNKNOWN;
        long rank = (long) Math.ceil(total * percentile);
        int bucket = 0;
        for (long seen = count(0); seen < rank && bucket < BUCKETS - 1; seen += count(bucket)) bucket++;
        return top(bucket);
    }

    private long count(int bucket) {
        return (long) filling.get(bucket) + previous.get(bucket);
    }

    /// Each power of two has 16 buckets, told apart by the four bits after the highest.
    private static int bucket(long nanos) {
        if (nanos < 1L << SHIFT_MIN) return 0;
        if (nanos >= 1L << SHIFT_MAX) return BUCKETS - 1;
        int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos);
        int sub = (int) (nanos >>> (shift - SUB_BITS)) & (SUB - 1);
        return (shift - SHIFT_MIN) * SUB + sub + 1;
    }

    /// The longest time of a bucket.
    private static long top(int bucket) {
        if (bucket == 0) return 1L << SHIFT_MIN;
        int shift = (bucket - 1) / SUB + SHIFT_MIN;
        long sub = (bucket - 1) % SUB + 1L;
        return (1L << shift) + (sub << (shift - SUB_BITS));
    }
}
