package io.hawser.hub;

import io.hawser.TimeSource;
import io.hawser.internal.session.SessionControl;
import io.hawser.session.CloseReason;
import io.hawser.session.Session;
import java.time.Duration;
import java.util.Map;

/// Closes sessions not all at once, since each may come back at once to another hub, with what it missed.
public final class Paced {
    /// How many at least.
    public static final int PER_SECOND = 2000;
    private static final int STEP_MILLIS = 50;
    private static final Duration STEP = Duration.ofMillis(STEP_MILLIS);

    private Paced() {}

    /// Closes them behind what they have received, 2,000 a second, and more where `atMost` would not
    /// be enough. An interrupt ends the pauses, and the flag stays set.
    ///
    /// @param sessions and after what time each should come back
    static void close(Map<? extends Session, Duration> sessions, Duration atMost, TimeSource time) {
        long steps = Math.max(1, atMost.toMillis() / STEP_MILLIS);
        long batch = Math.max(PER_SECOND * STEP_MILLIS / 1000, (sessions.size() + steps - 1) / steps);
        int inBatch = 0;
        for (Map.Entry<? extends Session, Duration> each : sessions.entrySet()) {
            if (inBatch++ == batch) {
                pause(time);
                inBatch = 1;
            }
            CloseReason reason = CloseReason.DRAIN.withRetryAfter(each.getValue());
            if (each.getKey() instanceof SessionControl control) control.finish(reason);
            else each.getKey().close(reason);
        }
    }

    private static void pause(TimeSource time) {
        if (Thread.currentThread().isInterrupted()) return;
        try {
            time.sleep(STEP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
