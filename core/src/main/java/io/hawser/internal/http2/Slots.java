package io.hawser.internal.http2;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// How many callers have room on a connection, and how many may have.
///
/// Once nobody has had any for some seconds, nobody gets any more.
///
/// Thread: safe from any.
final class Slots {
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final AtomicInteger taken = new AtomicInteger();
    private volatile int most;
    private volatile long emptySinceNanos;

    Slots(int most, long nowNanos) {
        this.most = most;
        this.emptySinceNanos = nowNanos;
    }

    int most() {
        return most;
    }

    void most(int changed) {
        most = changed;
    }

    /// False if there is none left.
    boolean take() {
        while (true) {
            int known = taken.get();
            if (known >= most || known < 0) return false;
            if (taken.compareAndSet(known, known + 1)) return true;
        }
    }

    void giveUp(long nowNanos) {
        emptySinceNanos = nowNanos;
        taken.decrementAndGet();
    }

    /// Whether it is time to close: from then on none can be taken.
    boolean closeIfForgotten(long nowNanos) {
        boolean isForgotten = taken.get() == 0 && nowNanos - emptySinceNanos > LINGER_NANOS;
        return isForgotten && taken.compareAndSet(0, Integer.MIN_VALUE);
    }
}
