package io.hawser.internal.session;

import io.hawser.internal.io.IoLoop;
import io.hawser.internal.io.LoopCarrier;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One action after another, on the thread of whoever brings one, for sessions that are on no event loop.
///
/// Nobody waits: who comes while another is at work leaves the action to that one, which takes over a few and
/// leaves the rest to a thread of their own. So does an event loop with its own, for which threads that it
/// carries may hold what an action needs.
public final class SerialLane implements TopicLane {
    private static final Logger LOG = LoggerFactory.getLogger(SerialLane.class);
    private static final int ACTIONS_OF_OTHERS = 64;
    private static final ThreadFactory THREADS = LoopCarrier.ordinaryThreads();

    private final ConcurrentLinkedQueue<Runnable> actions = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();

    @Override
    public boolean run(Runnable action) {
        actions.add(action);
        if (pending.getAndIncrement() > 0) return true;
        if (IoLoop.isCurrent() || !work(1 + ACTIONS_OF_OTHERS)) {
            THREADS.newThread(() -> work(Integer.MAX_VALUE)).start();
        }
        return true;
    }

    /// @return false if there is more than `most`
    private boolean work(int most) {
        for (int done = 0; done < most; done++) {
            Runnable next = actions.poll();
            try {
                if (next != null) next.run();
            } catch (Throwable failure) {
                // Whatever it is, the others have no part in it.
                LOG.error("publishing failed", failure);
            }
            if (pending.decrementAndGet() == 0) return true;
        }
        return false;
    }

    @Override
    public void later(Runnable action, long millis) {
        THREADS.newThread(() -> {
                    try {
                        TimeUnit.MILLISECONDS.sleep(millis);
                        run(action);
                    } catch (InterruptedException impossible) {
                        Thread.currentThread().interrupt();
                    }
                })
                .start();
    }
}
