package io.hawser.nats;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does something every so often, and at once when it is asked to, on a virtual thread of its own.
///
/// Thread: safe from any.
final class Loop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);

    private final Semaphore signals = new Semaphore(0);
    private final Runnable work;
    private final Duration period;
    private final Thread thread;
    private volatile boolean isClosed;

    /// Not started.
    Loop(String name, Duration period, Runnable work) {
        this.work = work;
        this.period = period;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!isClosed) {
                try {
                    work.run();
                } catch (RuntimeException failure) {
                    if (!isClosed) LOG.warn("{} failed, and tries again", thread.getName(), failure);
                }
                var _ = signals.tryAcquire(period.toNanos(), TimeUnit.NANOSECONDS);
                signals.drainPermits();
            }
        } catch (InterruptedException e) {
            // It is closed.
        }
    }

    void now() {
        if (signals.availablePermits() == 0) signals.release();
    }

    @Override
    public void close() {
        isClosed = true;
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
