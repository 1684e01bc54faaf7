package io.hawser.internal.io;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reports event loops that a handler holds for over 100 ms, with the stack of what holds them.
///
/// It looks every 25 ms, so a hold is seen between 100 and 125 ms after it began. Each is counted; one line in
/// five seconds per loop goes to the log, and tells how many there were since the last.
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

    /// Stops its thread, and returns it, to be waited for.
    synchronized List<Thread> stop() {
        if (thread == null) return List.of();
        thread.interrupt();
        return List.of(thread);
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

    private static final class Watched {
        private final IoLoop loop;
        private long turn;
        private long sinceNanos;
        private boolean reported;
        private long lineNanos;
        private long untold;

        Watched(IoLoop loop) {
            this.loop = loop;
        }

        void look(long nowNanos) {
            long now = loop.hold().turn();
            if (now != turn) {
                turn = now;
                sinceNanos = nowNanos;
                reported = false;
            } else if (LoopHold.isHeld(turn) && !reported && nowNanos - sinceNanos >= MAX_HOLD_NANOS) {
                reported = true;
                loop.countHold();
                report(nowNanos);
            }
        }

        private void report(long nowNanos) {
            untold++;
            if (lineNanos != 0 && nowNanos - lineNanos < LINE_EVERY_NANOS) return;
            Thread holder =
                    loop.hold().holder() == null ? loop.thread() : loop.hold().holder();
            if (holder == null) return;
            Throwable where = new Throwable("where " + loop.name() + " is now");
            where.setStackTrace(holder.getStackTrace());
            // Read after the stack, so that a stack of later code is not blamed.
            if (loop.hold().turn() != turn) return;
            LOG.warn(
                    "{} is held for over {} ms by a handler ({} such since the last line)",
                    loop.name(),
                    MAX_HOLD_NANOS / 1_000_000,
                    untold,
                    where);
            lineNanos = nowNanos;
            untold = 0;
        }
    }
}
