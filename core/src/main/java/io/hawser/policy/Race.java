package io.hawser.policy;

import io.hawser.Cancelled;
import io.hawser.Deadline;
import io.hawser.HawserException.Processed;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Two runs of one call, of which the second may never start.
///
/// The first runs on the caller's thread, the second (the hedge) on its own. Whoever comes first to a
/// conclusive outcome wins and interrupts the other; where neither does, the first one's outcome counts.
/// Invariants:
/// - The caller is interrupted only by a hedge that holds this monitor and finds the first run under way; so
///   after the first run has ended under the monitor no interrupt is on its way, and one that came is taken
///   back.
/// - The outcome of a hedge that ends when the race is over is discarded; before, it is kept in `hedged`.
///
/// Lock: this monitor guards all fields that are not final; nobody waits while holding it.
final class Race<T extends @Nullable Object> {
    private enum Phase {
        /// The caller's run is under way.
        FIRST,
        /// It failed, and the caller waits for the hedge.
        WAITING,
        OVER
    }

    private final Hedge hedge;
    private final Attempt attempt;
    private final Deadline deadline;
    private final long dueNanos;
    private final Thread caller = Thread.currentThread();

    private volatile Phase phase = Phase.FIRST;
    private @Nullable Call<T> next;
    private @Nullable Thread hedgeThread;
    private @Nullable Outcome<T> hedged;
    private boolean callerInterrupted;

    Race(Hedge hedge, Attempt attempt, Call<T> next, Deadline deadline, long dueNanos) {
        this.hedge = hedge;
        this.attempt = attempt;
        this.next = next;
        this.deadline = deadline;
        this.dueNanos = dueNanos;
    }

    long dueNanos() {
        return dueNanos;
    }

    boolean isOver() {
        return phase == Phase.OVER;
    }

    private Classifier classifier() {
        return attempt.traits().classifier();
    }

    /// The caller's run, and what came of the race.
    T run(Call<T> first, long start) throws Exception {
        Outcome<T> outcome;
        try {
            T answer = first.call(attempt);
            hedge.observe(start);
            Verdict verdict = classifier().answer(answer);
            if (endsAlone()) return answer;
            outcome = Outcome.of(answer, verdict);
        } catch (Exception error) {
            outcome = Outcome.failed(error, classifier());
        } catch (Throwable error) {
            abandon();
            throw error;
        }
        return settle(outcome).result();
    }

    /// Ends the race if the hedge has not started. What the caller got counts, good or bad.
    private synchronized boolean endsAlone() {
        if (hedgeThread != null) return false;
        over();
        return true;
    }

    private Outcome<T> settle(Outcome<T> first) {
        synchronized (this) {
            if (callerInterrupted) Thread.interrupted();
            Outcome<T> second = hedged;
            if (second != null || hedgeThread == null || first.verdict().isConclusive() || isCancelled(first)) {
                return choose(first, second);
            }
            phase = Phase.WAITING;
        }
        return choose(first, awaitHedge());
    }

    /// An interrupt of the caller's own, not the hedge's.
    private boolean isCancelled(Outcome<T> first) {
        return first.verdict().kind() == Verdict.Kind.CANCELLED && !callerInterrupted;
    }

    private synchronized Outcome<T> choose(Outcome<T> first, @Nullable Outcome<T> second) {
        Thread loser = hedgeThread;
        over();
        if (second == null) {
            if (loser != null) loser.interrupt();
            return first;
        }
        if (!second.verdict().isConclusive() || (first.verdict().isConclusive() && !callerInterrupted)) {
            second.discard(classifier());
            Exception error = first.error();
            Exception other = second.error();
            if (error != null && other != null && !error.equals(other)) error.addSuppressed(other);
            return first;
        }
        first.discard(classifier());
        PolicyContext context = hedge.context();
        context.tell(new PolicyEvent.HedgeWon(context.name(), attempt.traits().name()));
        return second;
    }

    /// @return null if the deadline came first
    private @Nullable Outcome<T> awaitHedge() {
        while (true) {
            synchronized (this) {
                if (hedged != null) return hedged;
            }
            long left = deadline.remainingNanos();
            if (left <= 0) return null;
            if (Thread.currentThread().isInterrupted()) {
                abandon();
                throw new Cancelled("interrupted while waiting for a hedge", Processed.MAYBE, null);
            }
            hedge.context().time().parkNanos(this, left);
        }
    }

    private synchronized void abandon() {
        Thread loser = hedgeThread;
        over();
        if (loser != null) loser.interrupt();
    }

    /// A queue may still hold the race for a while, and must not hold what the call holds.
    private void over() {
        phase = Phase.OVER;
        next = null;
    }

    /// Called when the second run is due.
    void startHedge() {
        Thread thread;
        synchronized (this) {
            Call<T> call = next;
            if (phase != Phase.FIRST || call == null || !hedge.takeBudget()) return;
            thread = Thread.ofVirtual().name("hawser-hedge").unstarted(() -> runHedge(call));
            hedgeThread = thread;
        }
        PolicyContext context = hedge.context();
        context.tell(new PolicyEvent.Hedged(context.name(), attempt.traits().name()));
        thread.start();
    }

    private void runHedge(Call<T> call) {
        Outcome<T> outcome;
        try {
            outcome = Outcome.of(() -> deadline.call(() -> call.call(attempt.hedged())), classifier());
        } catch (Throwable error) {
            // The caller may be waiting for it.
            outcome = Outcome.failed(new IllegalStateException("the hedge failed", error), classifier());
        }
        if (!arrive(outcome)) outcome.discard(classifier());
    }

    private synchronized boolean arrive(Outcome<T> outcome) {
        if (phase == Phase.OVER) return false;
        hedged = outcome;
        if (phase == Phase.WAITING) {
            LockSupport.unpark(caller);
        } else if (outcome.verdict().isConclusive() && !caller.isInterrupted()) {
            callerInterrupted = true;
            caller.interrupt();
        }
        return true;
    }
}
