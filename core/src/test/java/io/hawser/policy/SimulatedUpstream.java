package io.hawser.policy;

import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.HawserException.Processed;
import io.hawser.testing.Simulation;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;

/// An upstream in a [Simulation]: so many calls at a time, each for a service time that is drawn; the others
/// queue.
final class SimulatedUpstream {
    /// How it fails.
    enum Mode {
        WELL,
        /// An error after a millisecond.
        FAILING,
        /// No answer at all.
        SILENT
    }

    private final Simulation time;
    private final Semaphore workers;
    private final LongSupplier serviceNanos;
    private int capacity;
    private Mode mode = Mode.WELL;
    private long received;

    SimulatedUpstream(Simulation time, int capacity, LongSupplier serviceNanos) {
        this.time = time;
        this.workers = new Semaphore(capacity, true);
        this.capacity = capacity;
        this.serviceNanos = serviceNanos;
    }

    void turn(Mode to) {
        mode = to;
    }

    void resize(int to) throws InterruptedException {
        if (to > capacity) workers.release(to - capacity);
        else workers.acquire(capacity - to);
        capacity = to;
    }

    /// How many attempts came.
    long received() {
        return received;
    }

    String answer() throws Exception {
        received++;
        switch (mode) {
            case WELL -> {}
            case FAILING -> {
                time.sleep(Duration.ofMillis(1));
                throw new IOException("failing");
            }
            case SILENT -> {
                sleepUntilDeadline(Long.MAX_VALUE);
                throw new IOException("unreachable");
            }
        }
        workers.acquire();
        try {
            sleepUntilDeadline(serviceNanos.getAsLong());
        } finally {
            workers.release();
        }
        return "answer";
    }

    /// As whatever of ours waits does.
    private void sleepUntilDeadline(long nanos) throws InterruptedException {
        long left = Deadline.current().remainingNanos();
        time.sleep(Duration.ofNanos(Math.min(nanos, left)));
        if (left <= nanos) throw new DeadlineExceeded("the answer", Processed.MAYBE);
    }
}
