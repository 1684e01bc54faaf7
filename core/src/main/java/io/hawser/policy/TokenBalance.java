package io.hawser.policy;

import java.util.concurrent.atomic.AtomicLong;

/// A number between 0 and a capacity, that many threads add to and take from.
final class TokenBalance {
    private final long capacity;
    private final AtomicLong tokens;

    TokenBalance(long capacity, long tokens) {
        this.capacity = capacity;
        this.tokens = new AtomicLong(tokens);
    }

    /// Takes `count`, or nothing where there are fewer.
    boolean take(long count) {
        while (true) {
            long left = tokens.get();
            if (left < count) return false;
            if (tokens.compareAndSet(left, left - count)) return true;
        }
    }

    /// Adds `count`, but no more than fit. Full, which is usual, it is only read.
    void add(long count) {
        while (true) {
            long now = tokens.get();
            if (now == capacity) return;
            if (tokens.compareAndSet(now, Math.min(capacity, now + count))) return;
        }
    }

    long left() {
        return tokens.get();
    }
}
