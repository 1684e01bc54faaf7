package io.hawser.internal.http2;

import java.util.concurrent.TimeUnit;

/// How often a peer may do what costs us more than it: so many at once, and so many a second from then on.
///
/// Thread: the event loop.
final class Allowance {
    private final double burst;
    private final double perNano;
    private double left;
    private long lookedNanos;

    Allowance(int burst, int perSecond, long nowNanos) {
        this.burst = burst;
        this.perNano = (double) perSecond / TimeUnit.SECONDS.toNanos(1);
        this.left = burst;
        this.lookedNanos = nowNanos;
    }

    /// Counts one more.
    ///
    /// @return false if it was once too often
    boolean take(long nowNanos) {
        left = Math.min(burst, left + (nowNanos - lookedNanos) * perNano);
        lookedNanos = nowNanos;
        if (left < 1) return false;
        left--;
        return true;
    }
}
