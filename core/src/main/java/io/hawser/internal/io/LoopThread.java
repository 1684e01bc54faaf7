package io.hawser.internal.io;

import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// The thread of one event loop, made when the loop asks for it with its first task.
final class LoopThread implements Executor {
    private final String name;
    private final Runnable begin;
    private final Runnable end;

    private volatile @Nullable Thread thread;

    /// @param begin what the thread does first
    /// @param end what it does last
    LoopThread(String name, Runnable begin, Runnable end) {
        this.name = name;
        this.begin = begin;
        this.end = end;
    }

    String name() {
        return name;
    }

    /// The thread, once it was asked for.
    @Nullable
    Thread thread() {
        return thread;
    }

    @Override
    public void execute(Runnable loop) {
        Thread started = new Carrier(() -> run(loop), name);
        started.setDaemon(true);
        thread = started;
        started.start();
    }

    /// Its class tells it from the threads of other Netty loops.
    static final class Carrier extends FastThreadLocalThread {
        Carrier(Runnable target, String name) {
            super(target, name);
        }
    }

    private void run(Runnable loop) {
        try {
            begin.run();
            loop.run();
        } finally {
            end.run();
        }
    }
}
