package io.hawser.testing;

import io.hawser.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/// Time that moves when the test says so.
public final class FakeTime implements TimeSource {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /// Not 0, and negative, as the origin is arbitrary.
    private final AtomicLong nanos = new AtomicLong(-Duration.ofHours(1).toNanos());

    private final long origin = nanos.get();
    private final AtomicReference<Duration> stepped = new AtomicReference<>(Duration.ZERO);

    public void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    /// Sets the time of day forward or back; what measures durations does not notice.
    public void stepClock(Duration step) {
        stepped.updateAndGet(before -> before.plus(step));
    }

    @Override
    public long nanoTime() {
        return nanos.get();
    }

    @Override
    public Instant now() {
        return START.plusNanos(nanos.get() - origin).plus(stepped.get());
    }

    @Override
    public void sleep(Duration duration) {
        pass(duration);
    }

    /// Nobody will come: time passes.
    @Override
    public void parkNanos(Object blocker, long waitNanos) {
        nanos.addAndGet(waitNanos);
    }
}
