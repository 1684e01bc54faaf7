package io.hawser.internal.io;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
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

    private final IoLoop loop;
    private final Queue<CarriedTask> ready = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean asked = new AtomicBoolean();

    CarrierQueue(IoLoop loop) {
        this.loop = loop;
    }

    void add(CarriedTask task) {
        ready.add(task);
        askForTurn();
    }

    private void askForTurn() {
        if (asked.get() || !asked.compareAndSet(false, true)) return;
        try {
            LoopCarrier.execute(loop, this);
        } catch (RejectedExecutionException e) {
            asked.set(false);
            moveElsewhere();
        }
    }

    @Override
    public void run() {
        asked.set(false);
        for (int turns = 0; turns < MAX_TURNS; turns++) {
            CarriedTask next = ready.poll();
            if (next == null) return;
            next.turn();
        }
        if (!ready.isEmpty()) askForTurn();
    }

    /// Hands what is ready to the JDK's scheduler. Each comes back here when it next waits and is woken.
    ///
    /// Thread: safe from any.
    void moveElsewhere() {
        for (CarriedTask next = ready.poll(); next != null; next = ready.poll()) {
            CarrierAccess.continueElsewhere(next.continuation());
        }
    }
}
