package io.hawser.internal.io;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// One virtual thread that a loop carries: its scheduler, and the task that stands for it in the loop's queue.
///
/// The JDK hands the same continuation to the scheduler each time the thread is to run on, and not again before it
/// did; so this one object serves for all its turns. A continuation that is not its own belongs to a thread that it
/// started, because those inherit the scheduler.
final class CarriedTask implements Executor, Runnable {
    private final IoLoop loop;
    private @Nullable Thread thread;

    /// Set by the first call of [#execute], before any other thread can know of this one.
    private @Nullable Runnable continuation;

    private CarriedTask(IoLoop loop) {
        this.loop = loop;
    }

    static void start(CarriedThreads threads, IoLoop loop, Runnable work) {
        CarriedTask task = new CarriedTask(loop);
        Thread thread = threads.unstarted(task, work);
        task.thread = thread;
        thread.start();
    }

    @Override
    public void execute(Runnable next) {
        if (continuation == null) {
            continuation = next;
            if (loop.inEventLoop()) {
                run();
                return;
            }
        }
        enqueue(next, next.equals(continuation) ? this : () -> loop.hold(next, null));
    }

    private void enqueue(Runnable next, Runnable turn) {
        try {
            // A loop that runs looks at its queue before it waits, so on its own thread nothing has to wake it.
            if (LoopCarrier.carries(loop)) loop.lazyExecute(turn);
            else loop.execute(turn);
        } catch (RejectedExecutionException e) {
            CarrierAccess.continueElsewhere(next);
        }
    }

    @Override
    public void run() {
        Runnable next = continuation;
        if (next != null) loop.hold(next, thread);
    }
}
