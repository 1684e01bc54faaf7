package io.hawser.testkit;

import io.hawser.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

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
    /// Who sleeps, and who is parked: until when.
    private final Map<Thread, Long> sleeping = new HashMap<>();

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
        if (!duration.isPositive()) return;
        long end = after(TimeUnit.NANOSECONDS.convert(duration));
        sleeping.put(Thread.currentThread(), end);
        notifyAll();
        try {
            while (nanos < end) wait();
        } finally {
            sleeping.remove(Thread.currentThread());
        }
    }

    @Override
    public void parkNanos(Object blocker, long waitNanos) {
        if (waitNanos <= 0) return;
        synchronized (this) {
            parked.put(Thread.currentThread(), after(waitNanos));
            notifyAll();
        }
        LockSupport.park(blocker);
        synchronized (this) {
            parked.remove(Thread.currentThread());
        }
    }

    /// Saturated: a wait without end is Long.MAX_VALUE.
    private long after(long waitNanos) {
        return nanos + Math.min(waitNanos, Long.MAX_VALUE - nanos);
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

    /// Waits, in real time, until so many threads sleep or are parked; one whose time has come counts no more,
    /// even if it does not run yet.
    public synchronized void awaitSleepers(int count) throws InterruptedException {
        while (sleepers() < count) wait();
    }

    synchronized long sleepers() {
        return Stream.concat(sleeping.values().stream(), parked.values().stream())
                .filter(end -> end > nanos)
                .count();
    }
}
