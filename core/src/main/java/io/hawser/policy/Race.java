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
/// - The outcome of a hedge that ends when the race is over is discarded; before, it is kept in `hedged`, for
///   whoever ends the race to give or to discard.
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
        boolean waits;
        synchronized (this) {
            if (callerInterrupted) Thread.interrupted();
            waits = hedged == null && hedgeThread != null && !first.verdict().isConclusive() && !isCancelled(first);
            if (waits) phase = Phase.WAITING;
            else over();
        }
        if (waits) awaitHedge(first);
        return choose(first);
    }

    /// An interrupt of the caller's own, not the hedge's.
    private boolean isCancelled(Outcome<T> first) {
        return first.verdict().kind() == Verdict.Kind.CANCELLED && !callerInterrupted;
    }

    /// Called when the race is over. What is told and discarded is the caller's own code, so no lock is held.
    private Outcome<T> choose(Outcome<T> first) {
        Outcome<T> second;
        boolean firstCutOff;
        synchronized (this) {
            second = hedged;
            firstCutOff = callerInterrupted;
        }
        if (second == null) return first;
        if (!second.verdict().isConclusive() || (first.verdict().isConclusive() && !firstCutOff)) {
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

    /// Waits for the hedge until the deadline, and ends the race.
    private void awaitHedge(Outcome<T> first) {
        while (!hasArrived()) {
            long left = deadline.remainingNanos();
            if (left <= 0) break;
            if (Thread.currentThread().isInterrupted()) {
                abandon();
                first.discard(classifier());
                throw new Cancelled("interrupted while waiting for a hedge", Processed.MAYBE, null);
            }
            hedge.context().time().parkNanos(this, left);
        }
        over();
    }

    private synchronized boolean hasArrived() {
        return hedged != null;
    }

    /// Nobody will get what the hedge came to, or may still come to.
    private void abandon() {
        Outcome<T> arrived;
        synchronized (this) {
            if (phase == Phase.FIRST && callerInterrupted) Thread.interrupted();
            over();
            arrived = hedged;
        }
        if (arrived != null) arrived.discard(classifier());
    }

    /// Interrupts a hedge that is still under way. A queue may still hold the race for a while, and must not
    /// hold what the call holds.
    private synchronized void over() {
        phase = Phase.OVER;
        next = null;
        if (hedged == null && hedgeThread != null) hedgeThread.interrupt();
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
