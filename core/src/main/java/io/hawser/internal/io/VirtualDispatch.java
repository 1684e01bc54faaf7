package io.hawser.internal.io;

import io.netty.channel.EventLoop;
import java.util.concurrent.ThreadFactory;
import java.util.function.UnaryOperator;

/// Runs handlers on virtual threads of the JDK's scheduler, one per call; those of one turn of a loop start together.
final class VirtualDispatch implements Dispatch {
    private final ThreadFactory threads;
    private final UnaryOperator<Runnable> prepared;

    /// @param prepared adds to the code of a handler what its thread must do first
    VirtualDispatch(ThreadFactory threads, UnaryOperator<Runnable> prepared) {
        this.threads = threads;
        this.prepared = prepared;
    }

    @Override
    public void run(EventLoop loop, Runnable work) {
        Runnable first = prepared.apply(work);
        if (loop instanceof IoLoop own && own.inEventLoop()) own.startInTurn(first);
        else threads.newThread(first).start();
    }
}
