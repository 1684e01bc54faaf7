package io.hawser.benchmarks;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Lets a thread finish what it does when this process is asked to end: it is interrupted, and the end waits
/// until it is done.
final class Interruption implements AutoCloseable {
    /// A round that cannot be interrupted is over by then, and its servers are gone.
    private static final long GRACE_SECONDS = 60;

    private final Thread worker;
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook = new Thread(this::end, "end of the comparison");

    private Interruption(Thread worker) {
        this.worker = worker;
    }

    /// For the calling thread, until it closes this.
    static Interruption ofThisThread() {
        var interruption = new Interruption(Thread.currentThread());
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    private void end() {
        worker.interrupt();
        try {
            var _ = done.await(GRACE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // The process is ending, and was waiting for this.
        }
    }
}
