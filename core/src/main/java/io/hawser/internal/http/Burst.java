package io.hawser.internal.http;

import io.hawser.Deadline;
import io.hawser.session.Key;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Calls that leave together: what sends each of them waits until all are ready, and then goes to each
/// connection in one piece.
///
/// Every call has a [Place], as the attribute [#PLACE] of its request. It joins where it would be sent over
/// a connection that makes many calls at once, or leaves where it turns out to go another way, or nowhere. Who
/// has waited for long enough sends what is there, and those who come later go at once.
///
/// Lock: this monitor guards the fields; nothing is waited for, and nothing sent, while it is held.
public final class Burst {
    public static final Key<Place> PLACE = Key.of("burst");

    private final Duration atMost;
    private final CountDownLatch gone = new CountDownLatch(1);
    private final Map<Lane, List<Runnable>> ready = new LinkedHashMap<>();
    private int missing;

    /// @param count of the calls, each of which takes one [#place()]
    /// @param atMost how long one that is ready waits for the others
    public Burst(int count, Duration atMost) {
        this.missing = count;
        this.atMost = atMost;
    }

    /// A connection that makes many calls at once.
    public interface Lane {
        /// Runs `action` where the connection is written to, in one turn.
        void run(Runnable action);
    }

    /// Room for one call.
    public Place place() {
        return new Place();
    }

    /// What one call is to the others.
    ///
    /// Thread: that of the call, but it may be made again by another.
    public final class Place {
        private final AtomicBoolean isUsed = new AtomicBoolean();

        private Place() {}

        /// Has `lane` run `action` together with what the others bring, and waits until that is so, or an
        /// interrupt. A call that is made again goes at once.
        public void join(Lane lane, Runnable action) {
            if (isUsed.compareAndSet(false, true) && add(lane, action)) awaitOthers();
            else lane.run(action);
        }

        /// Nobody needs to wait for this one any more.
        public void leave() {
            if (isUsed.compareAndSet(false, true) && isLast()) go();
        }
    }

    /// @return false if the burst has gone
    private boolean add(Lane lane, Runnable action) {
        synchronized (this) {
            if (isGone()) return false;
            ready.computeIfAbsent(lane, same -> new ArrayList<>()).add(action);
        }
        if (isLast()) go();
        return true;
    }

    private synchronized boolean isLast() {
        return --missing <= 0;
    }

    private boolean isGone() {
        return gone.getCount() == 0;
    }

    private void awaitOthers() {
        long nanos = Math.min(atMost.toNanos(), Deadline.current().remainingNanos());
        try {
            if (!gone.await(nanos, TimeUnit.NANOSECONDS)) go();
        } catch (InterruptedException e) {
            // It is for the wait for the answer to say what became of the call.
            Thread.currentThread().interrupt();
        }
    }

    private void go() {
        Map<Lane, List<Runnable>> all;
        synchronized (this) {
            if (isGone()) return;
            all = new LinkedHashMap<>(ready);
            ready.clear();
            gone.countDown();
        }
        all.forEach((lane, actions) -> lane.run(() -> runEach(actions)));
    }

    private static void runEach(List<Runnable> actions) {
        RuntimeException first = null;
        for (Runnable action : actions) {
            try {
                action.run();
            } catch (RuntimeException failure) {
                // The other calls have no part in it.
                if (first == null) first = failure;
                else first.addSuppressed(failure);
            }
        }
        if (first != null) throw first;
    }
}
