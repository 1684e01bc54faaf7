package io.hawser.policy;

import io.hawser.TimeSource;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Does something every so often on a virtual thread, until closed.
///
/// Lock: this monitor guards the fields.
final class Repeated implements AutoCloseable {
    private final String name;
    private final Duration interval;
    private final TimeSource time;
    private @Nullable Thread thread;
    private boolean closed;

    Repeated(String name, Duration interval, TimeSource time) {
        this.name = name;
        this.interval = interval;
        this.time = time;
    }

    /// One that does nothing.
    static Repeated never() {
        return new Repeated("never", Duration.ZERO, TimeSource.system());
    }

    /// @param task must throw nothing; the first time is after one interval
    synchronized void start(Runnable task) {
        if (closed) return;
        thread = Thread.ofVirtual().name(name).start(() -> {
            while (!isClosed()) {
                try {
                    time.sleep(interval);
                } catch (InterruptedException end) {
                    continue;
                }
                task.run();
            }
        });
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (thread != null) thread.interrupt();
    }
}
