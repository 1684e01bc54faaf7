package io.hawser.policy;

import io.hawser.TimeSource;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.concurrent.locks.LockSupport;

/// A number of places and the line of those who wait for one, first come, first served.
///
/// Whoever leaves hands the place to the first in line, so nobody who comes later overtakes. A waiter is
/// `waiting` until someone with the lock takes it out of the line: by handing it a place, or itself by
/// leaving. So a place that is handed over at the very moment of an interrupt is seen under the lock, and
/// handed on. Invariants, under the lock:
/// - `taken` counts the places of calls under way and of waiters that were handed one and have not woken yet;
/// - nobody waits while `taken < max`.
///
/// Lock: this monitor guards all fields; nobody parks while holding it.
final class Places {
    /// What came of asking for a place.
    enum Answer {
        GRANTED,
        FULL,
        TIMED_OUT,
        INTERRUPTED
    }

    private final TimeSource time;
    private final int maxWaiting;
    private final SequencedSet<Waiter> line = new LinkedHashSet<>();
    private int max;
    private int taken;

    Places(int max, int maxWaiting, TimeSource time) {
        this.max = max;
        this.maxWaiting = maxWaiting;
        this.time = time;
    }

    /// Takes a place, waiting at most `waitNanos` for one. An interrupt stays set.
    Answer take(long waitNanos) {
        Waiter waiter;
        synchronized (this) {
            if (taken < max) {
                taken++;
                return Answer.GRANTED;
            }
            if (line.size() >= maxWaiting) return Answer.FULL;
            if (waitNanos <= 0) return Answer.TIMED_OUT;
            waiter = new Waiter(Thread.currentThread());
            line.addLast(waiter);
        }
        return waitFor(waiter, waitNanos);
    }

    private Answer waitFor(Waiter waiter, long waitNanos) {
        long start = time.nanoTime();
        while (true) {
            long left = waitNanos - (time.nanoTime() - start);
            boolean interrupted = Thread.currentThread().isInterrupted();
            if (waiter.granted || interrupted || left <= 0) return leaveLine(waiter, interrupted);
            time.parkNanos(this, left);
        }
    }

    private synchronized Answer leaveLine(Waiter waiter, boolean interrupted) {
        boolean granted = !line.remove(waiter);
        if (!interrupted) return granted ? Answer.GRANTED : Answer.TIMED_OUT;
        if (granted) leave();
        return Answer.INTERRUPTED;
    }

    /// Gives a place back.
    synchronized void leave() {
        taken--;
        admit();
    }

    /// Changes how many there are. Those in use beyond it are not handed on.
    synchronized void resize(int newMax) {
        max = newMax;
        admit();
    }

    private void admit() {
        while (taken < max && !line.isEmpty()) {
            taken++;
            Waiter first = line.removeFirst();
            first.granted = true;
            LockSupport.unpark(first.thread);
        }
    }

    synchronized int max() {
        return max;
    }

    synchronized int taken() {
        return taken;
    }

    synchronized int waiting() {
        return line.size();
    }

    private static final class Waiter {
        private final Thread thread;
        /// Written under the lock, read also without.
        private volatile boolean granted;

        Waiter(Thread thread) {
            this.thread = thread;
        }
    }
}
