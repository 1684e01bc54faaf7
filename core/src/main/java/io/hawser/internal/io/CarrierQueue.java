package io.hawser.internal.io;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/// The virtual threads of one loop that are ready to run on, in the order in which they were woken.
///
/// While any are ready, one task stands for all of them in the loop's queue (`asked` is true from its submission until
/// it begins). They are kept apart from the loop's other tasks so that [#moveElsewhere] can get at them when the loop
/// cannot: a loop whose thread waits for a lock, and behind one of its own virtual threads in the lock's queue,
/// would otherwise wait for ever.
///
/// Its length has no bound of its own: there is at most one entry per virtual thread.
final class CarrierQueue implements Runnable {
    /// After this many turns the loop's other tasks, and its sockets, have theirs.
    private static final int MAX_TURNS = 64;

    /// A virtual thread that is ready.
    interface Ready {
        /// Runs it until it waits or ends.
        void turn();

        /// What the JDK's scheduler runs in place of [#turn].
        Runnable continuation();
    }

    private final Executor loop;
    private final Executor elsewhere;
    private final Queue<Ready> ready = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean asked = new AtomicBoolean();

    /// @param loop the thread that carries them; it refuses once it has stopped
    /// @param elsewhere runs their continuations when the loop does not
    CarrierQueue(Executor loop, Executor elsewhere) {
        this.loop = loop;
        this.elsewhere = elsewhere;
    }

    void add(Ready thread) {
        ready.add(thread);
        askForTurn();
    }

    private void askForTurn() {
        if (asked.get() || !asked.compareAndSet(false, true)) return;
        try {
            loop.execute(this);
        } catch (RejectedExecutionException e) {
            loopHasStopped();
        }
    }

    @Override
    public void run() {
        asked.set(false);
        for (int turns = 0; turns < MAX_TURNS; turns++) {
            Ready next = ready.poll();
            if (next == null) return;
            next.turn();
        }
        if (!ready.isEmpty()) askForTurn();
    }

    /// Hands what is ready to the JDK's scheduler. Each comes back here when it next waits and is woken.
    ///
    /// Thread: safe from any.
    void moveElsewhere() {
        for (Ready next = ready.poll(); next != null; next = ready.poll()) {
            elsewhere.execute(next.continuation());
        }
    }

    /// Hands over what is ready, and what becomes so: the loop runs no turn any more, not even one that it was asked
    /// for.
    ///
    /// Thread: safe from any.
    void loopHasStopped() {
        asked.set(false);
        moveElsewhere();
    }
}
