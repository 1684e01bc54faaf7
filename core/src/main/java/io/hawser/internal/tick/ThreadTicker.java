package io.hawser.internal.tick;

import io.hawser.DrainReport;
import io.hawser.StartupFailed;
import io.hawser.TimeSource;
import io.hawser.tick.Schedule;
import io.hawser.tick.SharedState;
import io.hawser.tick.Tick;
import io.hawser.tick.Ticker;
import io.hawser.tick.TickerHandler;
import io.hawser.tick.TickerStats;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A ticker on a virtual thread of this process.
///
/// State: WAITING for a time or TICKING; once `stopping` is set and no tick is under way STOPPING, with the
/// stop hook, and then STOPPED. A thread that waits is interrupted to stop, one that ticks once the grace is
/// over, one that is STOPPING never: the flag is cleared in one step with the look at `stopping`.
///
/// Lock: this monitor guards `state`, `stopping` and `cut`.
public final class ThreadTicker implements Ticker, Runnable {
    private enum State {
        WAITING,
        TICKING,
        STOPPING,
        STOPPED
    }

    private static final Logger LOG = LoggerFactory.getLogger(ThreadTicker.class);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

    private final TickerHandler handler;
    private final SharedState shared;
    private final String name;
    private final TimeSource time;
    private final Timetable timetable;
    private final TickTally tally = new TickTally();
    private final Consumer<TickerStats> ticked;
    private final Thread thread;
    private State state = State.WAITING;
    private boolean stopping;
    private boolean cut;

    private ThreadTicker(TickerHandler handler, Schedule schedule, SharedState shared, Consumer<TickerStats> ticked) {
        this.handler = handler;
        this.shared = shared;
        this.ticked = ticked;
        this.name = handler.name();
        this.time = schedule.time();
        this.timetable = new Timetable(schedule, time.nanoTime(), new SplittableRandom());
        this.thread = Thread.ofVirtual().name("hawser-ticker-" + name).unstarted(this);
    }

    public static ThreadTicker start(TickerHandler handler, SharedState shared) {
        return start(handler, shared, stats -> {});
    }

    /// As the other one, for a process of its own.
    ///
    /// @param ticked is told the figures after each tick, on the ticker's thread
    static ThreadTicker start(TickerHandler handler, SharedState shared, Consumer<TickerStats> ticked) {
        Schedule schedule = handler.schedule();
        try {
            handler.start(shared);
        } catch (Exception e) {
            if (e instanceof InterruptedException) Thread.currentThread().interrupt();
            throw new StartupFailed("ticker " + handler.name() + " does not start: " + reason(e), e);
        }
        ThreadTicker ticker = new ThreadTicker(handler, schedule, shared, ticked);
        ticker.thread.start();
        return ticker;
    }

    /// Not every exception has a message.
    static String reason(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.toString() : message;
    }

    @Override
    public void run() {
        long missed = 0;
        for (long number = 0; awaitDue(); number++) missed = tick(number, missed);
        try {
            handler.stop();
        } catch (Exception e) {
            if (e instanceof InterruptedException) Thread.currentThread().interrupt();
            LOG.warn("ticker {} failed to stop", name, e);
        } finally {
            become(State.STOPPED);
        }
    }

    /// Waits for the next time.
    ///
    /// @return false if there is no further tick
    private boolean awaitDue() {
        long due = timetable.dueNanos();
        while (true) {
            long left = due - time.nanoTime();
            synchronized (this) {
                var _ = Thread.interrupted();
                state = stopping ? State.STOPPING : left <= 0 ? State.TICKING : State.WAITING;
                if (state != State.WAITING) return state == State.TICKING;
            }
            try {
                time.sleep(Duration.ofNanos(left));
            } catch (InterruptedException e) {
                // Whoever did that has set `stopping`; else the wait goes on.
            }
        }
    }

    private long tick(long number, long missedBefore) {
        long began = time.nanoTime();
        long late = began - timetable.dueNanos();
        tally.began(late);
        boolean threw = false;
        try {
            handler.tick(new Tick(number, time.now(), Duration.ofNanos(late), missedBefore, shared));
        } catch (Throwable failure) {
            threw = !isCut();
            if (threw) LOG.warn("tick {} of {} failed", number, name, failure);
        }
        long ended = time.nanoTime();
        long missed = timetable.ended(ended);
        tally.ended(ended - began, threw, missed);
        if (missed > 0) LOG.debug("tick {} of {} took {} ns: {} missed", number, name, ended - began, missed);
        ticked.accept(tally.stats());
        return missed;
    }

    private synchronized boolean isCut() {
        return cut;
    }

    private synchronized void become(State next) {
        state = next;
        notifyAll();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public TickerStats stats() {
        return tally.stats();
    }

    @Override
    public DrainReport drain(Duration grace) {
        boolean ticking;
        synchronized (this) {
            if (state == State.STOPPED) return new DrainReport(0, 0);
            ticking = state == State.TICKING;
            stopping = true;
            if (state == State.WAITING) thread.interrupt();
        }
        if (Thread.currentThread().equals(thread)) return new DrainReport(0, 0);
        if (!join(grace)) {
            cut();
            if (!join(LONGEST_CLOSE)) LOG.warn("ticker {} was stopped and still runs", name);
        }
        synchronized (this) {
            if (cut) return new DrainReport(0, 1);
            return new DrainReport(ticking ? 1 : 0, 0);
        }
    }

    private synchronized void cut() {
        if (state != State.TICKING) return;
        cut = true;
        thread.interrupt();
    }

    /// Waits for the end.
    ///
    /// @return whether the thread has ended; an interrupt of the caller ends the wait, and its flag stays set
    private boolean join(Duration atMost) {
        try {
            return thread.join(atMost);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        drain(Duration.ZERO);
    }
}
