package io.hawser.testkit;

import io.hawser.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// Time that moves only when a test says so.
///
/// ```java
/// FakeTime time = new FakeTime();
/// Deadline deadline = Deadline.after(Duration.ofSeconds(2), time);
/// time.advance(Duration.ofSeconds(2));
/// assert deadline.hasPassed();
/// ```
///
/// Thread: safe from any. [#sleep] and [#parkNanos] wait until other threads have advanced the time
/// far enough.
///
/// Lock: this monitor guards all fields.
public final class FakeTime implements TimeSource {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private long nanos;
    private Instant now = START;
    private int sleepers;
    private final Map<Thread, Long> parked = new HashMap<>();

    /// Time at 0 ns and at the first moment of 2026, UTC.
    public FakeTime() {}

    @Override
    public synchronized long nanoTime() {
        return nanos;
    }

    @Override
    public synchronized Instant now() {
        return now;
    }

    @Override
    public synchronized void sleep(Duration duration) throws InterruptedException {
        long end = nanos + duration.toNanos();
        sleepers++;
        notifyAll();
        try {
            while (nanos < end) wait();
        } finally {
            sleepers--;
        }
    }

    @Override
    public void parkNanos(Object blocker, long waitNanos) {
        if (waitNanos <= 0) return;
        synchronized (this) {
            // Saturated: a wait without end is Long.MAX_VALUE.
            parked.put(Thread.currentThread(), nanos + Math.min(waitNanos, Long.MAX_VALUE - nanos));
            notifyAll();
        }
        LockSupport.park(blocker);
        synchronized (this) {
            parked.remove(Thread.currentThread());
        }
    }

    /// Moves both clocks forward and wakes whoever has slept long enough.
    ///
    /// @throws IllegalArgumentException if `duration` is negative: monotonic time does not go back
    public synchronized void advance(Duration duration) {
        if (duration.isNegative()) throw new IllegalArgumentException("duration " + duration + ": not negative");
        nanos += duration.toNanos();
        now = now.plus(duration);
        notifyAll();
        parked.forEach((thread, end) -> {
            if (end <= nanos) LockSupport.unpark(thread);
        });
    }

    /// Steps the time of day, forward or back, as an administrator does; monotonic time stays.
    public synchronized void stepClock(Duration step) {
        now = now.plus(step);
    }

    /// Waits, in real time, until so many threads sleep or are parked.
    public synchronized void awaitSleepers(int count) throws InterruptedException {
        while (sleepers + parked.size() < count) wait();
    }
}
