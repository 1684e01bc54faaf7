package io.hawser.internal.io;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reports event loops that are held for over 100 ms, with the stack of what holds them.
///
/// A loop is held if one turn of a handler lasts that long, or if tasks wait in its queue and none is taken for
/// that long, as when the loop's own thread waits for a lock. It looks every 25 ms, so a hold is seen between 100
/// and 125 ms after it began. Each is counted; one line in five seconds per loop goes to the log, and tells how many
/// there were since the last.
///
/// If the loop's thread waits for something then, it may be a lock for which one of its own virtual threads stands
/// before it; so those that are ready are run elsewhere. One that computes is left alone.
final class LoopWatchdog {
    private static final Logger LOG = LoggerFactory.getLogger(LoopWatchdog.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(25);
    private static final long MAX_HOLD_NANOS = 100_000_000;
    private static final long LINE_EVERY_NANOS = 5_000_000_000L;

    private final String name;
    private final List<Watched> watched;

    /// Guarded by this.
    private @Nullable Thread thread;

    LoopWatchdog(String name, List<IoLoop> loops) {
        this.name = name;
        this.watched = loops.stream().map(Watched::new).toList();
    }

    /// Starts its thread, unless it runs already.
    synchronized void start() {
        if (thread != null) return;
        thread = Thread.ofPlatform().name(name + "-watchdog").daemon().start(this::watch);
    }

    /// Stops its thread, and waits for it: it waits for nothing itself.
    synchronized void stop() {
        Thread running = thread;
        if (running == null) return;
        running.interrupt();
        try {
            running.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(LOOK_EVERY);
                look(System.nanoTime());
            }
        } catch (InterruptedException e) {
            // stopped
        }
    }

    /// Looks at each loop once.
    void look(long nowNanos) {
        for (Watched loop : watched) loop.look(nowNanos);
    }

    /// One loop, as the last look found it. Used by one thread only.
    private static final class Watched {
        private final IoLoop loop;
        private long turn = -1;
        private long taken;
        private long sinceNanos;
        private boolean reported;
        private boolean toldBefore;
        private long toldNanos;
        private long untold;

        Watched(IoLoop loop) {
            this.loop = loop;
        }

        void look(long nowNanos) {
            if (hasMoved() || !isBusy()) {
                turn = loop.hold().turn();
                taken = loop.taken();
                sinceNanos = nowNanos;
                reported = false;
            } else if (nowNanos - sinceNanos >= MAX_HOLD_NANOS) {
                if (!reported) report(nowNanos);
                if (isWaiting()) loop.carrierQueue().moveElsewhere();
            }
        }

        private void report(long nowNanos) {
            reported = true;
            untold++;
            loop.countHold();
            if (!toldBefore || nowNanos - toldNanos >= LINE_EVERY_NANOS) tell(nowNanos);
        }

        private boolean hasMoved() {
            return loop.hold().turn() != turn || loop.taken() != taken;
        }

        private boolean isBusy() {
            return LoopHold.isHeld(turn) || loop.pendingTasks() > 0;
        }

        private boolean isWaiting() {
            Thread thread = loop.thread();
            return thread != null && thread.getState() != Thread.State.RUNNABLE;
        }

        private void tell(long nowNanos) {
            boolean handler = LoopHold.isHeld(turn);
            Thread virtual = handler ? loop.hold().holder() : null;
            Thread holder = virtual == null ? loop.thread() : virtual;
            if (holder == null) return;
            Throwable where = new Throwable("where " + loop.name() + " is now");
            where.setStackTrace(holder.getStackTrace());
            // Looked at again after the stack was taken, so that innocent code is not blamed.
            if (hasMoved()) return;
            LOG.warn(
                    "{} has been held for over {} ms by {} ({} such since the last line)",
                    loop.name(),
                    MAX_HOLD_NANOS / 1_000_000,
                    handler ? "a handler" : "a task that is no handler's",
                    untold,
                    where);
            toldBefore = true;
            toldNanos = nowNanos;
            untold = 0;
        }
    }
}
