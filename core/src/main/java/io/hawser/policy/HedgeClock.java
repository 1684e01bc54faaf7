package io.hawser.policy;

import io.hawser.TimeSource;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// Starts the second calls when they are due.
///
/// All wait about equally long, so they become due in about the order in which they came, and a plain queue
/// does: its thread looks at the head, drops it if its call has ended, and else sleeps until it is due. It
/// starts with the first call and ends when the queue is empty, so there is nothing to close, and a call
/// usually costs one entry.
final class HedgeClock {
    /// Calls beyond are not hedged.
    private static final int MAX_QUEUED = 10_000;

    private final TimeSource time;
    private final Queue<Race<?>> races = new ConcurrentLinkedQueue<>();
    /// Incremented after an entry is added and decremented after one is removed; who makes it 1 starts the
    /// thread.
    private final AtomicInteger queued = new AtomicInteger();

    HedgeClock(TimeSource time) {
        this.time = time;
    }

    boolean add(Race<?> race) {
        if (queued.get() >= MAX_QUEUED) return false;
        races.add(race);
        if (queued.getAndIncrement() == 0) {
            Thread.ofVirtual().name("hawser-hedge-clock").start(this::run);
        }
        return true;
    }

    private void run() {
        do {
            Race<?> race = races.peek();
            if (race == null) throw new IllegalStateException("counted but not there");
            while (!race.isOver()) {
                long left = race.dueNanos() - time.nanoTime();
                if (left <= 0) {
                    race.startHedge();
                    break;
                }
                sleep(left);
            }
            races.remove();
        } while (queued.decrementAndGet() > 0);
    }

    private void sleep(long nanos) {
        try {
            time.sleep(Duration.ofNanos(nanos));
        } catch (InterruptedException nobodyDoes) {
            throw new IllegalStateException(nobodyDoes);
        }
    }
}
