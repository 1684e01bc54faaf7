package io.hawser.internal.io;

import io.hawser.Rejected;
import io.hawser.io.IoConfig;
import io.hawser.io.IoStats;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The work-stealing pool: never more threads than configured, and no more waiting tasks than the bound.
///
/// A task is counted as queued from the moment it is accepted until a thread takes it, a timer as scheduled until its
/// time comes. The two have the same bound, each its own count, kept by compare-and-set so that it is exact.
final class TaskPool {
    private static final Logger LOG = LoggerFactory.getLogger(TaskPool.class);
    private static final Duration LONGEST_DELAY = Duration.ofNanos(Long.MAX_VALUE / 4);

    private final ForkJoinPool pool;
    private final int maxWaiting;
    private final AtomicInteger named = new AtomicInteger();
    private final Set<TaskWorker> workers = ConcurrentHashMap.newKeySet();

    private final AtomicInteger queued = new AtomicInteger();
    private final AtomicInteger scheduled = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();
    private final LongAdder submitted = new LongAdder();
    private final LongAdder completed = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder cut = new LongAdder();
    private final LongAdder cancelled = new LongAdder();
    private final LongAdder rejected = new LongAdder();

    TaskPool(IoConfig config, int threads) {
        maxWaiting = Math.multiplyExact(threads, config.queueSizePerThread());
        pool = new ForkJoinPool(
                threads,
                joined -> hire(joined, config),
                (thread, failure) -> LOG.error("{} ended by a failure", thread.getName(), failure),
                true, // first in, first out: these are events, not the halves of a divided problem
                threads,
                threads, // no thread beyond them, even while some of them wait for others
                0,
                saturated -> true,
                60,
                TimeUnit.SECONDS);
    }

    private TaskWorker hire(ForkJoinPool joined, IoConfig config) {
        String name = config.name() + "-task-" + named.getAndIncrement();
        TaskWorker worker = new TaskWorker(joined, this, name, config.affinity());
        workers.add(worker);
        return worker;
    }

    void left(TaskWorker worker) {
        workers.remove(worker);
    }

    void post(TaskLedger ledger, Runnable body) {
        admit(queued, "tasks");
        if (!ledger.begin()) {
            queued.decrementAndGet();
            throw closed();
        }
        try {
            pool.execute(() -> {
                queued.decrementAndGet();
                run(ledger, body);
            });
        } catch (RejectedExecutionException e) {
            queued.decrementAndGet();
            ledger.finish();
            throw closed();
        }
        submitted.increment();
    }

    TimedTask schedule(TaskLedger ledger, Duration delay, Runnable body) {
        admit(scheduled, "timers");
        TimedTask task = new TimedTask(this, ledger, body);
        if (!ledger.keep(task)) {
            scheduled.decrementAndGet();
            throw closed();
        }
        try {
            task.timer(pool.schedule(task, nanos(delay), TimeUnit.NANOSECONDS));
        } catch (RejectedExecutionException e) {
            if (ledger.cancel(task)) scheduled.decrementAndGet();
            throw closed();
        }
        submitted.increment();
        return task;
    }

    private void admit(AtomicInteger waiting, String what) {
        int now = waiting.get();
        while (now < maxWaiting) {
            if (waiting.compareAndSet(now, now + 1)) return;
            now = waiting.get();
        }
        rejected.increment();
        throw new Rejected("the task pool's " + maxWaiting + " places for waiting " + what + " are taken", null);
    }

    private Rejected closed() {
        rejected.increment();
        return new Rejected("these threads are draining or closed", null);
    }

    private static long nanos(Duration delay) {
        if (delay.isNegative()) return 0;
        return delay.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY.toNanos() : delay.toNanos();
    }

    /// Runs a task that its ledger has begun.
    void run(TaskLedger ledger, Runnable body) {
        TaskWorker worker = (TaskWorker) Thread.currentThread();
        // Noted before the look at the ledger: either that look sees the cut, or the cut sees this worker.
        TaskLedger outer = worker.begin(ledger);
        running.incrementAndGet();
        try {
            if (!ledger.isCut()) body.run();
        } catch (Throwable failure) {
            failed.increment();
            LOG.warn("A task failed", failure);
        } finally {
            running.decrementAndGet();
            worker.end(outer);
            if (ledger.finish()) completed.increment();
        }
    }

    void timerLeft() {
        scheduled.decrementAndGet();
    }

    void timerCancelled() {
        cancelled.increment();
    }

    /// Gives up the timers of `ledger` whose time has not come, and returns how many those were.
    long giveUpTimers(TaskLedger ledger) {
        Set<TimedTask> givenUp = ledger.giveUpTimers();
        givenUp.forEach(TimedTask::leaveTimer);
        cut.add(givenUp.size());
        return givenUp.size();
    }

    /// Gives up what `ledger` has pending, interrupts what of it runs, and returns how many tasks those were.
    long cut(TaskLedger ledger) {
        long given = ledger.cut();
        cut.add(given);
        if (given > 0) workers.forEach(worker -> worker.interruptIfWorkingFor(ledger));
        return given;
    }

    boolean isOwnThread() {
        return Thread.currentThread() instanceof TaskWorker worker && worker.owner() == this;
    }

    /// Stops the threads; those that run a task are interrupted. Returns them, to be waited for.
    List<Thread> stop() {
        List<Thread> alive = List.copyOf(workers);
        pool.shutdownNow();
        return alive;
    }

    boolean awaitTermination(long nanos) throws InterruptedException {
        return pool.awaitTermination(nanos, TimeUnit.NANOSECONDS);
    }

    IoStats.Tasks stats() {
        return new IoStats.Tasks(
                submitted.sum(),
                completed.sum(),
                failed.sum(),
                cut.sum(),
                cancelled.sum(),
                rejected.sum(),
                pool.getStealCount(),
                queued.get(),
                scheduled.get(),
                running.get());
    }
}
