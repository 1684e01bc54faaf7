package io.hawser.policy;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps what listeners throw away from calls, and the log readable while they do.
final class ListenerFailures {
    private static final Logger LOG = LoggerFactory.getLogger(ListenerFailures.class);
    private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final AtomicLong LOGGED = new AtomicLong(System.nanoTime() - PAUSE_NANOS);

    private ListenerFailures() {}

    /// Also an [Error] stays here: a listener that links against the wrong version must not fail calls.
    static void tell(PolicyListener listener, PolicyEvent event) {
        try {
            listener.event(event);
        } catch (Throwable failure) {
            long now = System.nanoTime();
            long last = LOGGED.get();
            if (now - last >= PAUSE_NANOS && LOGGED.compareAndSet(last, now)) {
                LOG.warn(
                        "A policy listener failed on {}; the next minute's failures are logged as debug",
                        event,
                        failure);
            } else {
                LOG.debug("A policy listener failed on {}", event, failure);
            }
        }
    }
}
