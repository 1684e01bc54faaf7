package io.hawser.policy;

import io.hawser.DeadlineExceeded;
import io.hawser.HawserException.Processed;
import io.hawser.TimeSource;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Interrupts the thread of a call when its time is over, and only then.
///
/// The call and the watch race for this monitor, and the interrupt is sent while holding it: whoever ends the
/// call afterwards finds the interrupt delivered, and takes it back, so none is left for what the thread does
/// next.
///
/// Lock: this monitor guards all fields.
final class Interruption {
    private final Thread caller = Thread.currentThread();
    private boolean ended;
    private boolean interrupted;

    private Interruption() {}

    static <T extends @Nullable Object> T call(long limitNanos, TimeSource time, Attempt attempt, Call<T> next)
            throws Exception {
        Interruption interruption = new Interruption();
        Thread watch = Thread.ofVirtual().name("hawser-timeout").start(() -> interruption.watch(limitNanos, time));
        try {
            T answer = next.call(attempt);
            interruption.end(watch);
            return answer;
        } catch (Exception error) {
            if (!interruption.end(watch)) throw error;
            DeadlineExceeded late = new DeadlineExceeded("the call, which was interrupted", Processed.MAYBE);
            late.addSuppressed(error);
            throw late;
        } catch (Throwable error) {
            interruption.end(watch);
            throw error;
        }
    }

    private void watch(long limitNanos, TimeSource time) {
        try {
            time.sleep(Duration.ofNanos(limitNanos));
        } catch (InterruptedException over) {
            return;
        }
        synchronized (this) {
            if (ended) return;
            interrupted = true;
            caller.interrupt();
        }
    }

    /// Whether the caller was interrupted, which is taken back.
    private synchronized boolean end(Thread watch) {
        ended = true;
        if (interrupted) {
            Thread.interrupted();
        } else {
            watch.interrupt();
        }
        return interrupted;
    }
}
