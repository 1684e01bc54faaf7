package io.hawser.internal.io;

import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// One virtual thread that a loop carries: its scheduler, and what stands for it in the loop's [CarrierQueue].
///
/// The JDK hands the same continuation to the scheduler each time the thread is to run on, and not again before it
/// did; so this one object serves for all its turns. A continuation that is not its own belongs to a thread that it
/// started, because those inherit the scheduler.
final class CarriedTask implements Executor, CarrierQueue.Ready {
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
        if (continuation == null) continuation = next;
        loop.carrierQueue().add(next.equals(continuation) ? this : child(next));
    }

    private CarriedTask child(Runnable next) {
        CarriedTask child = new CarriedTask(loop);
        child.continuation = next;
        return child;
    }

    @Override
    public void turn() {
        loop.hold(continuation(), thread);
    }

    @Override
    public Runnable continuation() {
        Runnable next = continuation;
        if (next == null) throw new IllegalStateException("not started");
        return next;
    }
}
