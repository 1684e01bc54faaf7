package io.hawser.testing;

import io.hawser.TimeSource;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Many threads in virtual time: the real code, on real virtual threads, whose scheduler and clock a test
/// holds.
///
/// All threads run on the thread of the test, one at a time, each until it waits. When all of them wait, time
/// jumps to the next moment for which one of them waits. So an hour of a thousand calls a second takes
/// seconds, and a run with the same seed is the same run. The seed also says which of several ready threads
/// goes on: many seeds are many interleavings.
///
/// What runs in it may park, lock and start virtual threads (they inherit the scheduler) as anywhere, but may
/// wait for a time only through this [TimeSource], and must not park while it holds a monitor. Code takes no
/// time; only waits do.
///
/// Needs `java.base/java.lang` opened, as the tests of this project have it.
public final class Simulation implements TimeSource {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Random choice;
    private final List<Runnable> ready = new ArrayList<>();
    private final PriorityQueue<Alarm> alarms = new PriorityQueue<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private long nanos;
    private long alarmsSet;
    private int live;

    public Simulation(long seed) {
        this.choice = new Random(seed);
    }

    /// Starts a thread, which the test waits for in [#run()].
    public Thread start(Callable<?> body) {
        live++;
        Thread thread = builder(this::makeReady).unstarted(() -> {
            try {
                body.call();
            } catch (Throwable thrown) {
                failure.compareAndSet(null, thrown);
            } finally {
                live--;
            }
        });
        thread.start();
        return thread;
    }

    /// Runs until every started thread has ended.
    ///
    /// @throws AssertionError if none can go on before that, or with what a thread threw
    public void run() {
        run(Long.MAX_VALUE, true);
        if (live > 0) throw new AssertionError(live + " threads wait for what never comes");
    }

    /// Runs whatever happens within `duration`, and leaves the time at its end.
    public void run(Duration duration) {
        long end = nanos + duration.toNanos();
        run(end, false);
        nanos = end;
    }

    private void run(long end, boolean untilAllEnded) {
        while (true) {
            while (runOne()) {}
            if (failure.get() != null) throw new AssertionError("a thread failed", failure.get());
            if (untilAllEnded && live == 0) return;
            Alarm next = alarms.peek();
            if (next == null || next.at > end) return;
            alarms.remove();
            if (next.over) continue;
            nanos = next.at;
            LockSupport.unpark(next.thread);
        }
    }

    private boolean runOne() {
        Runnable one;
        synchronized (ready) {
            if (ready.isEmpty()) return false;
            int chosen = choice.nextInt(ready.size());
            Runnable last = ready.removeLast();
            one = chosen == ready.size() ? last : ready.set(chosen, last);
        }
        one.run();
        return true;
    }

    private void makeReady(Runnable continuation) {
        synchronized (ready) {
            ready.add(continuation);
        }
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public Instant now() {
        return START.plusNanos(nanos);
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        long end = nanos + duration.toNanos();
        while (nanos < end) {
            if (Thread.interrupted()) throw new InterruptedException();
            parkNanos(this, end - nanos);
        }
        if (Thread.interrupted()) throw new InterruptedException();
    }

    @Override
    public void parkNanos(Object blocker, long waitNanos) {
        if (waitNanos <= 0) return;
        Alarm alarm = new Alarm(nanos + Math.min(waitNanos, Long.MAX_VALUE - nanos), alarmsSet++);
        if (alarm.at != Long.MAX_VALUE) alarms.add(alarm);
        LockSupport.park(blocker);
        alarm.over = true;
    }

    private static final class Alarm implements Comparable<Alarm> {
        private final long at;
        private final long order;
        private final Thread thread = Thread.currentThread();
        private boolean over;

        Alarm(long at, long order) {
            this.at = at;
            this.order = order;
        }

        @Override
        public int compareTo(Alarm other) {
            return at == other.at ? Long.compare(order, other.order) : Long.compare(at, other.at);
        }
    }

    private static Thread.Builder.OfVirtual builder(Executor scheduler) {
        try {
            Class<?> builder = Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder");
            return (Thread.Builder.OfVirtual) MethodHandles.privateLookupIn(builder, MethodHandles.lookup())
                    .findConstructor(builder, MethodType.methodType(void.class, Executor.class))
                    .invoke(scheduler);
        } catch (Throwable missing) {
            throw new IllegalStateException("this JDK does not let a test schedule virtual threads", missing);
        }
    }
}
