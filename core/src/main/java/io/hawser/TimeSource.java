package io.hawser;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/// Where Hawser reads time and where it sleeps, so that a test can put a fake in its place.
///
/// Whatever measures a duration uses [#nanoTime()], which a step of the system's clock does not move;
/// [#now()] is for what people read.
///
/// Thread: safe from any.
public interface TimeSource {
    /// Monotonic nanoseconds from an arbitrary origin; only differences mean anything.
    long nanoTime();

    /// The time of day.
    Instant now();

    /// Waits for `duration`; zero or less returns at once.
    void sleep(Duration duration) throws InterruptedException;

    /// Waits until another thread unparks the caller ([LockSupport#unpark]), it is interrupted, or `nanos` have passed;
    /// may also return for no reason. What waits for a condition and for a time builds on it.
    ///
    /// @param blocker what the thread waits for, shown in thread dumps
    default void parkNanos(Object blocker, long nanos) {
        LockSupport.parkNanos(blocker, nanos);
    }

    /// The machine's own clocks.
    static TimeSource system() {
        return SystemTime.INSTANCE;
    }
}
