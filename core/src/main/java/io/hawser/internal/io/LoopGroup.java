package io.hawser.internal.io;

import io.hawser.io.IoConfig;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.concurrent.ThreadPerTaskExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/// The event loops of one [io.hawser.io.IoThreads], all started.
final class LoopGroup extends MultiThreadIoEventLoopGroup {
    LoopGroup(int threads, TransportBinding binding, IoConfig config) {
        super(threads, (Executor) null, binding.handlers(), new Settings(config, new AtomicInteger()));
        for (IoLoop loop : loops()) loop.execute(() -> {});
    }

    /// What the superclass's constructor hands through to [#newChild], which runs before any field of ours is set.
    private record Settings(IoConfig config, AtomicInteger made) {}

    @Override
    protected IoEventLoop newChild(Executor unused, IoHandlerFactory handlers, Object... args) {
        Settings settings = (Settings) args[0];
        int index = settings.made.getAndIncrement();
        IoConfig config = settings.config;
        String name = config.name() + "-" + index;
        Executor thread = new ThreadPerTaskExecutor(body -> {
            FastThreadLocalThread started = new FastThreadLocalThread(
                    () -> {
                        if (config.affinity()) CpuAffinity.pin(index);
                        body.run();
                    },
                    name);
            started.setDaemon(true);
            return started;
        });
        return new IoLoop(this, thread, handlers, name, config.queueSizePerThread());
    }

    List<IoLoop> loops() {
        List<IoLoop> loops = new ArrayList<>(executorCount());
        for (EventExecutor loop : this) loops.add((IoLoop) loop);
        return loops;
    }
}
