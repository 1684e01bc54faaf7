package io.hawser.internal.io;

import io.hawser.io.IoStats;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.util.concurrent.RejectedExecutionHandlers;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One event loop: Netty's, with statistics, a bound on what others hand to it, and an eye on handlers that
/// hold it.
///
/// Netty's own queue stays unbounded, because Netty's tasks (the end of a write, a deregistration) must never
/// be refused: what is bounded is what comes in through [#offer].
public final class IoLoop extends SingleThreadIoEventLoop {
    private static final Logger LOG = LoggerFactory.getLogger(IoLoop.class);

    /// How long tasks may run before sockets are looked at again. Netty's default is a second, which a virtual
    /// thread that yields in a loop would use up.
    private static final long TASK_QUANTUM_MILLIS = 10;

    private final CountedQueue tasks;
    private final LoopThread thread;
    private final int maxOffered;
    private final AtomicInteger offered = new AtomicInteger();
    private final LongAdder rejected = new LongAdder();
    private final LongAdder holds = new LongAdder();
    private final LoopHold hold = new LoopHold();
    private final CarrierQueue carrierQueue;
    private final TurnStarts turnStarts;

    IoLoop(IoEventLoopGroup parent, LoopThread thread, IoHandlerFactory handlers, int maxOffered) {
        // Before the superclass's constructor, which asks for its queue.
        this.tasks = new CountedQueue(newTaskQueue0(Integer.MAX_VALUE));
        this.thread = thread;
        this.maxOffered = maxOffered;
        super(parent, thread, handlers, Integer.MAX_VALUE, RejectedExecutionHandlers.reject(), TASK_QUANTUM_MILLIS);
        this.carrierQueue = new CarrierQueue(task -> LoopCarrier.execute(this, task), CarrierAccess::continueElsewhere);
        this.turnStarts = new TurnStarts(this);
    }

    /// Its main queue at the first call, and one for Netty's tail tasks at the second.
    @Override
    protected Queue<Runnable> newTaskQueue(int maxPendingTasks) {
        return tasks.claim() ? tasks : super.newTaskQueue(maxPendingTasks);
    }

    /// Closes the channels before it asks whether to end. Netty does so too, but earlier in its turn: a stop
    /// without a quiet period that comes in between would leave them open.
    @Override
    protected boolean confirmShutdown() {
        if (isShuttingDown()) ioHandler().prepareToDestroy();
        return super.confirmShutdown();
    }

    /// The virtual threads that it carries and that are ready.
    CarrierQueue carrierQueue() {
        return carrierQueue;
    }

    /// Runs `work` on a virtual thread of the JDK's, which starts when this turn of the loop ends, if not before.
    ///
    /// Thread: the loop's.
    void startInTurn(Runnable work) {
        turnStarts.add(work);
    }

    /// Runs `task` on the loop's thread, unless as many tasks as may wait already do, or the loop has stopped.
    ///
    /// @return whether it will run
    public boolean offer(Runnable task) {
        int now = offered.get();
        while (now < maxOffered) {
            if (offered.compareAndSet(now, now + 1)) return accept(task);
            now = offered.get();
        }
        rejected.increment();
        return false;
    }

    private boolean accept(Runnable task) {
        try {
            execute(() -> {
                offered.decrementAndGet();
                task.run();
            });
            return true;
        } catch (RejectedExecutionException e) {
            offered.decrementAndGet();
            rejected.increment();
            return false;
        }
    }

    /// Runs a handler's code on this thread, which must be the loop's, under the eye of the watchdog. What it
    /// throws is logged.
    ///
    /// @param by the virtual thread whose turn it is, or null if the code is the loop's own
    void hold(Runnable work, @Nullable Thread by) {
        boolean entered = hold.enter(by);
        try {
            work.run();
        } catch (Throwable failure) {
            LOG.error("A handler's code failed on {}", name(), failure);
        } finally {
            if (entered) hold.exit();
        }
    }

    LoopHold hold() {
        return hold;
    }

    /// Begins a stretch of handler code on this thread, for the watchdog; [#endHandlers()] ends it.
    ///
    /// Thread: the loop's.
    ///
    /// @return false if such a stretch is under way already, which the caller is part of and must not end
    public boolean beginHandlers() {
        return hold.enter(null);
    }

    public void endHandlers() {
        hold.exit();
    }

    /// Whether the calling thread is that of any loop of ours, which must not wait.
    public static boolean isCurrent() {
        return Thread.currentThread() instanceof LoopThread.Carrier;
    }

    void countHold() {
        holds.increment();
    }

    /// How many tasks it took from its queue since it started.
    long taken() {
        return tasks.taken();
    }

    /// Its thread's name.
    public String name() {
        return thread.name();
    }

    /// Its thread, once it has started.
    @Nullable
    Thread thread() {
        return thread.thread();
    }

    IoStats.Loop stats() {
        return new IoStats.Loop(
                name(),
                getNumOfRegisteredChannels(),
                pendingTasks(),
                tasks.taken(),
                rejected.sum(),
                holds.sum(),
                busy());
    }

    private Duration busy() {
        Thread running = thread.thread();
        return running == null ? Duration.ZERO : Duration.ofNanos(Math.max(0, Clock.nanos(running)));
    }

    /// Loaded when somebody asks, because it costs a start some time.
    private static final class Clock {
        private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

        static long nanos(Thread thread) {
            return THREADS.isThreadCpuTimeSupported() ? THREADS.getThreadCpuTime(thread.threadId()) : 0;
        }
    }
}
