package io.hawser.internal.http1;

import io.hawser.TimeSource;
import java.util.concurrent.TimeUnit;

/// Until when a connection that lies idle may be used again, as far as its server says.
///
/// Thread: [#begin] the event loop's, the rest any.
final class KeepAliveBound {
    private volatile long untilNanos;
    private volatile boolean isSet;

    /// The connection begins to lie idle now.
    ///
    /// @param seconds that the server keeps it; below zero if it did not say
    void begin(long seconds, TimeSource time) {
        isSet = seconds >= 0;
        if (seconds < 0) return;
        // Less a second for the way there.
        long nanos = Math.max(TimeUnit.SECONDS.toNanos(seconds - 1), TimeUnit.SECONDS.toNanos(seconds) / 2);
        untilNanos = time.nanoTime() + nanos;
    }

    boolean isSet() {
        return isSet;
    }

    boolean isOver(long nowNanos) {
        return isSet && nowNanos - untilNanos >= 0;
    }
}
