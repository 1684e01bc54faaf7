package io.hawser.hub.bench;

/// When each message of an open loop is meant to be sent: a fixed rate, whatever the server does.
///
/// Latency counts from that moment and not from the moment of sending, so a server that stalls is charged
/// for every message that was due meanwhile. Batches of `batch` messages are due together. Of `shares`
/// threads each has one share,
/// interleaved, so that together they make exactly the rate.
///
/// Units: nanoseconds of one clock; `start` is when message 0 of share 0 is due.
public record Arrivals(long startNanos, long ratePerSecond, int batch, int share, int shares) {
    private static final long SECOND_NANOS = 1_000_000_000L;

    public Arrivals {
        if (ratePerSecond < 1 || ratePerSecond > SECOND_NANOS) {
            throw new IllegalArgumentException("rate: " + ratePerSecond + ", must be 1 to " + SECOND_NANOS);
        }
        if (batch < 1) {
            throw new IllegalArgumentException("batch: " + batch + ", must be at least 1");
        }
        if (shares < 1 || share < 0 || share >= shares) {
            throw new IllegalArgumentException("share: " + share + " of " + shares);
        }
    }

    /// When message `n` (from 0) of this share is due.
    public long dueNanos(long n) {
        long before = Math.multiplyExact(n / batch * shares + share, (long) batch);
        long seconds = before / ratePerSecond;
        // Whole seconds apart, so that neither a long run nor a rate that does not divide a second drifts.
        return startNanos + seconds * SECOND_NANOS + before % ratePerSecond * SECOND_NANOS / ratePerSecond;
    }

    /// How many messages of this share are due at `nowNanos`.
    public long dueBy(long nowNanos) {
        long elapsed = nowNanos - startNanos;
        if (elapsed < 0) return 0;
        // An estimate from below, then exact by the definition above.
        long messages = elapsed / SECOND_NANOS * ratePerSecond + elapsed % SECOND_NANOS * ratePerSecond / SECOND_NANOS;
        long n = Math.max(0, messages / batch / shares - 1) * batch;
        while (dueNanos(n) - nowNanos <= 0) {
            n += batch;
        }
        return n;
    }
}
