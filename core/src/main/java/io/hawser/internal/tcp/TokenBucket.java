package io.hawser.internal.tcp;

import io.hawser.tcp.Rate;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// A token bucket as one number: when it will be full again.
///
/// A library's bucket is an object of several hundred bytes; here is one for each of three rates of each of some
/// 65,536 addresses.
///
/// Thread: safe from any.
final class TokenBucket {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    /// Some 73 years, so that sums of a few are still differences of the clock.
    private static final long LONGEST = Long.MAX_VALUE / 4;

    private final Rate rate;
    private final AtomicLong fullAtNanos;

    TokenBucket(Rate rate, long nowNanos) {
        this.rate = rate;
        this.fullAtNanos = new AtomicLong(nowNanos);
    }

    private long nanos(long tokens) {
        if (tokens <= Long.MAX_VALUE / SECOND) return Math.min(LONGEST, tokens * SECOND / rate.perSecond());
        return (long) Math.min((double) LONGEST, (double) tokens / rate.perSecond() * SECOND);
    }

    /// Takes one, if there is one.
    boolean tryTake(long nowNanos) {
        if (!rate.isLimited()) return true;
        long one = nanos(1);
        long deepest = nanos(rate.burst());
        while (true) {
            long before = fullAtNanos.get();
            long from = before - nowNanos > 0 ? before : nowNanos;
            if (from + one - nowNanos > deepest) return false;
            if (fullAtNanos.compareAndSet(before, from + one)) return true;
        }
    }

    /// Takes so many, whether they are there or not.
    void spend(long tokens, long nowNanos) {
        if (!rate.isLimited()) return;
        long cost = nanos(tokens);
        fullAtNanos.updateAndGet(before -> (before - nowNanos > 0 ? before : nowNanos) + cost);
    }

    /// Whether more was spent than was there.
    boolean isOverdrawn(long nowNanos) {
        return rate.isLimited() && fullAtNanos.get() - nowNanos > nanos(rate.burst());
    }

    boolean isFull(long nowNanos) {
        return fullAtNanos.get() - nowNanos <= 0;
    }
}
