package io.hawser.internal.io;

import io.netty.channel.EventLoop;
import java.util.concurrent.ThreadFactory;

/// Runs handlers on virtual threads of the JDK's scheduler, one per call.
final class VirtualDispatch implements Dispatch {
    private final ThreadFactory threads;

    VirtualDispatch(ThreadFactory threads) {
        this.threads = threads;
    }

    @Override
    public void run(EventLoop loop, Runnable work) {
        threads.newThread(work).start();
    }
}
