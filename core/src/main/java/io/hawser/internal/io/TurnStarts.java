package io.hawser.internal.io;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;

/// The virtual threads that one turn of a loop asks for, started together when its sockets have been looked at.
///
/// A start from outside the JDK's scheduler wakes one of the scheduler's threads, and where cores are busy that one
/// takes the loop's place at once, runs a single handler and goes back to sleep: two changes of thread for every
/// connection that had something to say. So the loop starts one virtual thread, and that one starts the others from
/// within the scheduler, where each costs a place in a queue and an idle core still steals it.
///
/// Thread: the loop's.
final class TurnStarts implements Runnable {
    /// So many do not wait for the end of the turn: other cores may have nothing to do.
    private static final int MAX_WAITING = 64;

    private final IoLoop loop;
    private final ThreadFactory threads = CarrierAccess.ordinaryThreads();
    private List<Runnable> asked = new ArrayList<>();
    private boolean scheduled;

    TurnStarts(IoLoop loop) {
        this.loop = loop;
    }

    void add(Runnable work) {
        asked.add(work);
        if (asked.size() >= MAX_WAITING || !schedule()) run();
    }

    private boolean schedule() {
        if (scheduled) return true;
        try {
            loop.execute(this);
            scheduled = true;
            return true;
        } catch (RejectedExecutionException stopped) {
            return false;
        }
    }

    @Override
    public void run() {
        scheduled = false;
        if (asked.isEmpty()) return;
        List<Runnable> all = asked;
        asked = new ArrayList<>();
        threads.newThread(all.size() == 1 ? all.getFirst() : () -> startAll(all))
                .start();
    }

    private void startAll(List<Runnable> all) {
        int last = all.size() - 1;
        for (int i = 0; i < last; i++) threads.newThread(all.get(i)).start();
        all.get(last).run();
    }
}
