package io.hawser.testing;

import io.hawser.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/// Time that moves when the test says so, and holds whoever sleeps until then.
///
/// Lock: this monitor guards all fields.
public final class HeldTime implements TimeSource {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private long nanos = -1;
    private int sleepers;

    /// Waits until somebody sleeps, and then lets time pass.
    public void passOnceAsleep(Duration time) {
        awaitAsleep();
        pass(time);
    }

    public synchronized void pass(Duration time) {
        nanos += time.toNanos();
        notifyAll();
    }

    /// Waits until somebody sleeps for a time that has not come.
    public synchronized void awaitAsleep() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (sleepers == 0) {
                long left = end - System.nanoTime();
                if (left <= 0) throw new AssertionError("nobody sleeps");
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while waiting for a sleeper", e);
        }
    }

    @Override
    public synchronized long nanoTime() {
        return nanos;
    }

    @Override
    public synchronized Instant now() {
        return START.plusNanos(nanos + 1);
    }

    @Override
    public synchronized void sleep(Duration duration) throws InterruptedException {
        long end = nanos + duration.toNanos();
        while (end - nanos > 0) {
            sleepers++;
            notifyAll();
            try {
                wait();
            } finally {
                sleepers--;
            }
        }
    }
}
