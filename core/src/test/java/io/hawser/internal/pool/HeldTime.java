package io.hawser.internal.pool;

import io.hawser.TimeSource;
import java.time.Duration;
import java.time.Instant;

/// Time that stands until the test moves it; who sleeps waits for that.
final class HeldTime implements TimeSource {
    private long nanos = Long.MAX_VALUE - 5;
    private long passed;

    synchronized void pass(Duration time) {
        nanos += time.toNanos();
        passed += time.toNanos();
        notifyAll();
    }

    @Override
    public synchronized long nanoTime() {
        return nanos;
    }

    @Override
    public synchronized Instant now() {
        return Instant.EPOCH.plusNanos(passed);
    }

    @Override
    public synchronized void sleep(Duration duration) throws InterruptedException {
        long end = nanos + duration.toNanos();
        while (end - nanos > 0) wait();
    }
}
