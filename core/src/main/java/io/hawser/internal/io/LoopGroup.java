package io.hawser.internal.io;

import io.hawser.StartupFailed;
import io.hawser.io.IoConfig;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.util.concurrent.AbstractEventExecutorGroup;
import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.Promise;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// The event loops of one [io.hawser.io.IoThreads], all started, taken in turn.
///
/// Netty's own group is not used because it leaves a thread behind (`globalEventExecutor`, for about a second), names
/// threads in the order in which they happen to start, and starts them with the first connection.
final class LoopGroup extends AbstractEventExecutorGroup implements IoEventLoopGroup {
    private final List<IoLoop> loops;
    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicInteger alive;
    private final Promise<Void> terminated = new DefaultPromise<>(GlobalEventExecutor.INSTANCE);

    LoopGroup(int threads, IoHandlerFactory handlers, IoConfig config) {
        alive = new AtomicInteger(threads);
        List<IoLoop> made = new ArrayList<>(threads);
        try {
            for (int i = 0; i < threads; i++) made.add(make(i, handlers, config));
        } catch (RuntimeException | Error e) {
            for (IoLoop loop : made) stop(loop);
            throw new StartupFailed("event loop " + made.size() + " could not be made: " + e.getMessage(), e);
        }
        loops = List.copyOf(made);
        for (IoLoop loop : loops) loop.execute(() -> {}); // Netty starts a loop's thread with its first task
    }

    private IoLoop make(int index, IoHandlerFactory handlers, IoConfig config) {
        Runnable begin = config.affinity() ? () -> CpuAffinity.pin(index) : () -> {};
        LoopThread thread = new LoopThread(config.name() + "-" + index, begin, this::ended);
        return new IoLoop(this, thread, handlers, config.queueSizePerThread());
    }

    private void ended() {
        if (alive.decrementAndGet() == 0) terminated.trySuccess(null);
    }

    private static void stop(IoLoop loop) {
        var _ = loop.shutdownGracefully(0, 0, TimeUnit.NANOSECONDS);
    }

    List<IoLoop> loops() {
        return loops;
    }

    @Override
    public IoEventLoop next() {
        return loops.get(Math.floorMod(turn.getAndIncrement(), loops.size()));
    }

    @Override
    public Iterator<EventExecutor> iterator() {
        return List.<EventExecutor>copyOf(loops).iterator();
    }

    @Override
    public Future<?> shutdownGracefully(long quietPeriod, long timeout, TimeUnit unit) {
        for (IoLoop loop : loops) {
            var _ = loop.shutdownGracefully(quietPeriod, timeout, unit);
        }
        return terminated;
    }

    @Override
    public Future<?> terminationFuture() {
        return terminated;
    }

    @Override
    public boolean isShuttingDown() {
        return loops.stream().allMatch(IoLoop::isShuttingDown);
    }

    @Override
    public boolean isShutdown() {
        return loops.stream().allMatch(IoLoop::isShutdown);
    }

    @Override
    public boolean isTerminated() {
        return loops.stream().allMatch(IoLoop::isTerminated);
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return terminated.await(timeout, unit);
    }

    @Override
    @SuppressWarnings("deprecation") // Netty's interface has it
    public void shutdown() {
        for (IoLoop loop : loops) loop.shutdown();
    }

    @Override
    @SuppressWarnings("deprecation") // Netty's interface has it
    public ChannelFuture register(Channel channel, ChannelPromise promise) {
        return next().register(channel, promise);
    }
}
