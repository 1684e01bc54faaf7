package io.hawser.hub;

import io.hawser.TimeSource;
import java.time.Duration;
import java.time.Instant;

/// Time that moves when the test says so; whoever sleeps is where they want to be at once.
///
/// Thread: one at a time.
public final class HandClock implements TimeSource {
    private long nanos;

    public void set(long to) {
        nanos = to;
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public Instant now() {
        return Instant.EPOCH.plusNanos(nanos);
    }

    @Override
    public void sleep(Duration duration) {
        nanos += duration.toNanos();
    }
}
