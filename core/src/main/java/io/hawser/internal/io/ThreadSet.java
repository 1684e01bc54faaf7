package io.hawser.internal.io;

import io.hawser.Deadline;
import io.hawser.io.ExecutionMode;
import io.hawser.io.IoConfig;
import io.hawser.io.IoStats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The threads themselves: event loops, task pool and watchdog, held by a number of handles and stopped with
/// the last.
final class ThreadSet {
    private static final Logger LOG = LoggerFactory.getLogger(ThreadSet.class);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(5);
    private static final Object SHARED_LOCK = new Object();

    /// Guarded by SHARED_LOCK.
    private static @Nullable ThreadSet shared;

    private final TransportBinding binding;
    private final LoopGroup group;
    private final TaskPool pool;
    private final LoopWatchdog watchdog;
    private final boolean affinity;

    /// Guarded by this; once 0 it stays so.
    private int holders = 1;

    private ThreadSet(TransportBinding binding, IoConfig config) {
        int threads = config.threads() == 0 ? Runtime.getRuntime().availableProcessors() : config.threads();
        this.binding = binding;
        this.affinity = config.affinity();
        this.group = new LoopGroup(threads, binding.handlers(), config);
        this.pool = new TaskPool(config, threads);
        this.watchdog = new LoopWatchdog(config.name(), group.loops());
    }

    static ThreadSet start(IoConfig config) {
        return new ThreadSet(Transports.select(config.transport()), config);
    }

    static ThreadSet retainShared() {
        synchronized (SHARED_LOCK) {
            ThreadSet running = shared;
            if (running != null && running.retain()) return running;
            ThreadSet started = start(IoConfig.defaults());
            shared = started;
            return started;
        }
    }

    /// Counts one more holder, unless the last has gone.
    synchronized boolean retain() {
        if (holders == 0) return false;
        holders++;
        return true;
    }

    void release() {
        synchronized (this) {
            if (--holders > 0) return;
        }
        stop();
    }

    private void stop() {
        List<Thread> ending = new ArrayList<>(pool.stop());
        for (IoLoop loop : group.loops()) {
            Thread thread = loop.thread();
            if (thread != null) ending.add(thread);
        }
        // No quiet period. Its end is that of the threads.
        var _ = group.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
        if (!isOwnThread()) awaitEnd(ending);
        // Last, because a loop that is held needs it in order to end.
        watchdog.stop();
    }

    private boolean isOwnThread() {
        return pool.isOwnThread() || group.loops().stream().anyMatch(LoopCarrier::carries);
    }

    private void awaitEnd(List<Thread> ending) {
        Deadline longest = Deadline.after(LONGEST_STOP);
        Deadline deadline = longest.earlier(Deadline.current());
        try {
            pool.awaitTermination(deadline.remainingNanos());
            for (Thread thread : ending) {
                boolean hasEnded = thread.join(deadline.remaining());
                if (!hasEnded && longest.hasPassed()) LOG.warn("{} was stopped and still runs", thread.getName());
            }
            // What a loop accepted in its last moment.
            for (IoLoop loop : group.loops()) loop.carrierQueue().loopHasStopped();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    TransportBinding binding() {
        return binding;
    }

    LoopGroup group() {
        return group;
    }

    TaskPool pool() {
        return pool;
    }

    Dispatch dispatch(ExecutionMode mode) {
        return switch (mode) {
            case VIRTUAL ->
                new VirtualDispatch(
                        CarrierAccess.ordinaryThreads(),
                        affinity ? new UnpinnedCarriers()::first : UnaryOperator.identity());
            case EVENT_LOOP -> {
                watchdog.start();
                yield new InPlaceDispatch();
            }
            case LOOP_CARRIER -> {
                watchdog.start();
                yield LoopCarrier.orElse(dispatch(ExecutionMode.VIRTUAL));
            }
        };
    }

    IoStats stats() {
        return new IoStats(
                binding.transport(), group.loops().stream().map(IoLoop::stats).toList(), pool.stats());
    }
}
