package io.hawser.internal.io;

import io.hawser.Deadline;
import io.hawser.DrainReport;
import io.hawser.Endpoint;
import io.hawser.Resolver;
import io.hawser.StartupFailed;
import io.hawser.io.ExecutionMode;
import io.hawser.io.IoConfig;
import io.hawser.io.IoStats;
import io.hawser.io.IoThreads;
import io.hawser.io.Scheduled;
import io.hawser.io.Transport;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DatagramChannel;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;

/// One holder's handle on a [ThreadSet], which ends with its last handle.
public final class NettyIoThreads implements IoThreads {
    private final ThreadSet threads;
    private final TaskLedger ledger = new TaskLedger();
    private final AtomicBoolean draining = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();

    private NettyIoThreads(ThreadSet threads) {
        this.threads = threads;
    }

    public static NettyIoThreads start(IoConfig config) {
        return new NettyIoThreads(ThreadSet.start(config));
    }

    public static NettyIoThreads shared() {
        return new NettyIoThreads(ThreadSet.retainShared());
    }

    /// One more handle on the same threads, with tasks of its own.
    public NettyIoThreads retain() {
        if (!threads.retain()) throw new IllegalStateException("closed");
        return new NettyIoThreads(threads);
    }

    @Override
    public void post(Runnable task) {
        threads.pool().post(ledger, task);
    }

    @Override
    public Scheduled schedule(Duration delay, Runnable task) {
        return threads.pool().schedule(ledger, delay, task);
    }

    @Override
    public Transport transport() {
        return threads.binding().transport();
    }

    @Override
    public IoStats stats() {
        return threads.stats();
    }

    @Override
    public DrainReport drain(Duration grace) {
        if (!draining.compareAndSet(false, true)) return new DrainReport(0, 0);
        long pending = ledger.startDraining();
        long cutTimers = threads.pool().giveUpTimers(ledger);
        ledger.awaitNothingPending(Deadline.after(grace).earlier(Deadline.current()));
        close();
        return new DrainReport(pending - ledger.cutTasks(), ledger.cutTasks() + cutTimers);
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) return;
        draining.set(true);
        ledger.startDraining();
        threads.pool().giveUpTimers(ledger);
        threads.pool().cut(ledger);
        threads.release();
    }

    /// The event loops, for accepting and for serving alike.
    public EventLoopGroup group() {
        return threads.group();
    }

    /// The loop whose turn it is to take a new connection.
    public IoLoop next() {
        return (IoLoop) threads.group().next();
    }

    public List<IoLoop> loops() {
        return threads.group().loops();
    }

    public ChannelFactory<? extends ServerChannel> serverChannels(Endpoint endpoint) {
        return endpoint.isUnix()
                ? threads.binding().unix().serverChannels()
                : threads.binding().serverChannels();
    }

    /// Whether a listening socket can be taken over from another process.
    public boolean canAdopt() {
        return threads.binding().adopting().isPresent();
    }

    /// Makes the channel of a listening socket that another process has opened.
    ///
    /// @throws StartupFailed if this transport cannot
    public ChannelFactory<? extends ServerChannel> adopting(int descriptor) {
        IntFunction<ServerChannel> maker = threads.binding()
                .adopting()
                .orElseThrow(() -> new StartupFailed(
                        "transport " + transport()
                                + " takes no listening socket from another process: epoll and kqueue do",
                        null));
        return () -> maker.apply(descriptor);
    }

    public ChannelFactory<? extends Channel> clientChannels(Endpoint endpoint) {
        return endpoint.isUnix() ? threads.binding().unix().clientChannels() : tcpChannels();
    }

    public ChannelFactory<? extends Channel> tcpChannels() {
        return threads.binding().clientChannels();
    }

    public ChannelFactory<? extends DatagramChannel> datagramChannels() {
        return threads.binding().datagramChannels();
    }

    /// Where to bind or to connect to, at least one address, best first.
    ///
    /// Errors: those of [Endpoint#resolve()]
    public List<? extends SocketAddress> addresses(Endpoint endpoint) {
        Optional<Path> path = endpoint.path();
        if (path.isEmpty()) return endpoint.resolve();
        return List.of(threads.binding().unix().addresses().apply(path.get()));
    }

    /// Where to connect to, as [#addresses(Endpoint)] but by `resolver`.
    public List<? extends SocketAddress> addresses(Endpoint endpoint, Resolver resolver) {
        return endpoint.isUnix() ? addresses(endpoint) : endpoint.resolve(resolver);
    }

    /// How handlers of `mode` are run on these loops.
    public Dispatch dispatch(ExecutionMode mode) {
        return threads.dispatch(mode);
    }
}
