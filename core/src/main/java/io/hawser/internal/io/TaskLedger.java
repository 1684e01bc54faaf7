package io.hawser.internal.io;

import io.hawser.Deadline;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/// What one handle has pending in the task pool, counted so that a drain's report is exact.
///
/// One number holds it all: the lower bits count the tasks accepted and not finished, two flags above say that the
/// handle drains (accepts no more) and that it was cut (what finishes from now on no longer counts). Because count and
/// flags change in one step, every task is counted either as finished or as cut, and never as both:
///
/// - `begin` refuses once DRAINING is set, so the count that the drain saw includes everything that it must wait for;
/// - a task that finishes after CUT was set has been reported as cut, and is told so.
///
/// Timers whose time has not come are no part of the count. They are in `timers`, and move to the count under the
/// lock, which a drain takes as well, so that it finds each on exactly one side.
final class TaskLedger {
    private static final long DRAINING = 1L << 62;
    private static final long CUT = 1L << 63;
    private static final long COUNT = DRAINING - 1;

    private final AtomicLong state = new AtomicLong();

    /// Guarded by this.
    private final Set<TimedTask> timers = new HashSet<>();

    /// Guarded by this.
    private long cutTasks;

    /// Counts one more task, unless the handle drains.
    boolean begin() {
        long now = state.get();
        while ((now & (DRAINING | CUT)) == 0) {
            if (state.compareAndSet(now, now + 1)) return true;
            now = state.get();
        }
        return false;
    }

    /// Counts one task less.
    ///
    /// @return whether it finished before it was given up
    boolean finish() {
        long before = state.getAndDecrement();
        if ((before & DRAINING) != 0 && (before & COUNT) == 1) {
            synchronized (this) {
                notifyAll();
            }
        }
        return (before & CUT) == 0;
    }

    boolean isCut() {
        return (state.get() & CUT) != 0;
    }

    boolean isOpen() {
        return (state.get() & (DRAINING | CUT)) == 0;
    }

    /// Refuses new tasks from now on.
    ///
    /// @return how many are pending; for those that it must wait
    long startDraining() {
        return state.getAndUpdate(value -> value | DRAINING) & COUNT;
    }

    /// Gives up what is pending.
    ///
    /// @return how many tasks that were; 0 if they were given up before
    synchronized long cut() {
        if (isCut()) return 0;
        cutTasks = state.getAndUpdate(value -> value | DRAINING | CUT) & COUNT;
        notifyAll();
        return cutTasks;
    }

    /// How many tasks were given up.
    synchronized long cutTasks() {
        return cutTasks;
    }

    /// Waits until nothing is pending, all is given up, the deadline comes or the thread is interrupted (the flag stays
    /// set).
    synchronized void awaitNothingPending(Deadline deadline) {
        try {
            while ((state.get() & COUNT) != 0 && !isCut()) {
                long left = deadline.remainingNanos();
                if (left <= 0) return;
                // Rounded up: a wait of 0 ms would be one without end.
                wait(Math.max(1, left / 1_000_000));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Keeps a timer, unless the handle drains.
    synchronized boolean keep(TimedTask timer) {
        return isOpen() && timers.add(timer);
    }

    /// Removes a timer that its owner cancels.
    synchronized boolean cancel(TimedTask timer) {
        return timers.remove(timer);
    }

    /// Moves a timer whose time has come to the tasks pending, unless it was cancelled or the handle drains.
    synchronized boolean beginTimer(TimedTask timer) {
        return timers.contains(timer) && begin() && timers.remove(timer);
    }

    /// Takes out all timers; none of them will run.
    synchronized Set<TimedTask> giveUpTimers() {
        Set<TimedTask> givenUp = new HashSet<>(timers);
        timers.clear();
        return givenUp;
    }
}
