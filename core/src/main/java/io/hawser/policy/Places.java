package io.hawser.policy;

import io.hawser.TimeSource;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// A number of places and the line of those who wait for one, first come, first served.
///
/// One atomic number holds how many places are taken and how many wait. While nobody waits, a place is taken and given
/// back by one step of it. Else whoever leaves hands the place to the first in line, so nobody who comes later
/// overtakes. A waiter is in line until someone with the lock takes it out: by handing it a place, or itself by
/// leaving. So a place that is handed over at the very moment of an interrupt is seen under the lock, and handed on.
/// Invariants:
/// - `taken` counts the places of calls under way and of waiters that were handed one and have not woken yet;
/// - `waiting` is the length of the line whenever the lock is free;
/// - `waiting` changes only under the lock, and while it is not 0 `taken` does too.
///
/// Lock: this monitor guards the line; nobody parks while holding it.
final class Places {
    /// What came of asking for a place.
    enum Answer {
        GRANTED,
        FULL,
        TIMED_OUT,
        INTERRUPTED
    }

    private static final long ONE_WAITING = 1L << 32;

    private final TimeSource time;
    private final int maxWaiting;
    private final SequencedSet<Waiter> line = new LinkedHashSet<>();
    /// Waiting in the upper half, taken in the lower.
    private final AtomicLong state = new AtomicLong();
    private volatile int max;

    Places(int max, int maxWaiting, TimeSource time) {
        this.max = max;
        this.maxWaiting = maxWaiting;
        this.time = time;
    }

    private static int takenOf(long state) {
        return (int) state;
    }

    private static int waitingOf(long state) {
        return (int) (state >>> 32);
    }

    /// Takes a place, waiting at most `waitNanos` for one. An interrupt stays set.
    Answer take(long waitNanos) {
        if (takeNow()) return Answer.GRANTED;
        Waiter waiter;
        synchronized (this) {
            if (line.size() >= maxWaiting) return Answer.FULL;
            if (waitNanos <= 0) return Answer.TIMED_OUT;
            // Announced first: whoever leaves from now on hands over, and who left before has made room.
            state.addAndGet(ONE_WAITING);
            waiter = new Waiter(Thread.currentThread());
            line.addLast(waiter);
            admit();
        }
        return waitFor(waiter, waitNanos);
    }

    private boolean takeNow() {
        while (true) {
            long now = state.get();
            if (waitingOf(now) > 0 || takenOf(now) >= max) return false;
            if (state.compareAndSet(now, now + 1)) return true;
        }
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
        if (!granted) state.addAndGet(-ONE_WAITING);
        if (!interrupted) return granted ? Answer.GRANTED : Answer.TIMED_OUT;
        if (granted) leave();
        return Answer.INTERRUPTED;
    }

    /// Gives a place back.
    void leave() {
        while (true) {
            long now = state.get();
            if (waitingOf(now) > 0) break;
            if (state.compareAndSet(now, now - 1)) return;
        }
        synchronized (this) {
            state.decrementAndGet();
            admit();
        }
    }

    /// Changes how many there are. Those in use beyond it are not handed on.
    synchronized void resize(int newMax) {
        max = newMax;
        admit();
    }

    /// Hands out what is free, in order. Those who take without waiting stay out while anyone is in line.
    private void admit() {
        while (!line.isEmpty() && takenOf(state.get()) < max) {
            Waiter first = line.removeFirst();
            state.addAndGet(1 - ONE_WAITING);
            first.granted = true;
            LockSupport.unpark(first.thread);
        }
    }

    int max() {
        return max;
    }

    int taken() {
        return takenOf(state.get());
    }

    int waiting() {
        return waitingOf(state.get());
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
