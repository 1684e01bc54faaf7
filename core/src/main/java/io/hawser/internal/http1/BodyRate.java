package io.hawser.internal.http1;

import java.util.concurrent.TimeUnit;

/// Whether a body arrives fast enough, not counting the time in which we did not read it.
public final class BodyRate {
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final int minBytesPerSecond;
    private long lookedNanos;
    private long listenedNanos;

    public BodyRate(int minBytesPerSecond) {
        this.minBytesPerSecond = minBytesPerSecond;
    }

    public void begin(long nowNanos) {
        lookedNanos = nowNanos;
        listenedNanos = 0;
    }

    /// To be called about twice a second.
    ///
    /// @param bytes that have come in all
    /// @param isListening whether they could come since the last call
    public boolean isTooSlow(long nowNanos, long bytes, boolean isListening) {
        if (isListening) listenedNanos += nowNanos - lookedNanos;
        lookedNanos = nowNanos;
        double seconds = (double) listenedNanos / TimeUnit.SECONDS.toNanos(1);
        return listenedNanos > GRACE_NANOS && bytes < seconds * minBytesPerSecond;
    }
}
