package io.hawser.internal.tcp;

import io.hawser.Cancelled;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.DrainReport;
import io.hawser.Endpoint;
import io.hawser.HawserException.Processed;
import io.hawser.StartupFailed;
import io.hawser.internal.io.IoLoop;
import io.hawser.internal.io.NettyIoThreads;
import io.hawser.internal.link.Addresses;
import io.hawser.internal.link.Link;
import io.hawser.internal.link.LinkGroup;
import io.hawser.internal.session.JoinedSessions;
import io.hawser.internal.session.SessionRegistry;
import io.hawser.internal.tick.ServerTickers;
import io.hawser.io.ConnectionLimits;
import io.hawser.io.IoThreads;
import io.hawser.session.CloseReason;
import io.hawser.session.Sessions;
import io.hawser.tcp.ListenConfig;
import io.hawser.tcp.Protocol;
import io.hawser.tcp.ProtocolStats;
import io.hawser.tcp.ServerStats;
import io.hawser.tcp.SocketOptions;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/// One listening port and what is served there: RUNNING, DRAINING, CLOSED.
///
/// Thread: safe from any.
public final class PortServer implements AutoCloseable {
    private enum State {
        RUNNING,
        DRAINING,
        CLOSED
    }

    /// Connections beyond the limit that are being told so; more are closed without a word.
    private static final int MAX_REFUSING = 64;

    /// How long a drain lets those go on who have connected and not said anything yet.
    private static final long FIRST_BYTES_MILLIS = 250;

    private final ListenConfig listen;
    private final IoThreads io;
    private final boolean ownsIo;
    private final PortLimits limits;
    private final PortCounts counts = new PortCounts();
    private final Newcomers newcomers = new Newcomers();
    private final Guests guests;
    private final List<Served> served;
    private final TlsEntrance tls;
    private final ServerTickers tickers;
    private final AtomicInteger admitted = new AtomicInteger();
    private final Set<Channel> refused = ConcurrentHashMap.newKeySet();
    private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Channel listening;
    private final Endpoint endpoint;

    private PortServer(ListenConfig listen, List<Protocol> protocols, IoThreads io, boolean ownsIo) {
        this.listen = listen;
        this.io = io;
        this.ownsIo = ownsIo;
        this.limits = new PortLimits(listen);
        NettyIoThreads threads = (NettyIoThreads) io;
        this.guests = new Guests(threads);
        this.served = protocols.stream()
                .map(protocol -> Served.open((ServerProtocol) protocol, threads, newcomers, limits, counts))
                .toList();
        this.tls = TlsEntrance.of(listen, served, counts);
        try {
            this.tickers = ServerTickers.start(
                    served.stream().map(each -> each.protocol().handler()).toList());
        } catch (RuntimeException e) {
            tls.close();
            throw e;
        }
        try {
            this.listening = bind(threads);
        } catch (RuntimeException e) {
            tickers.drain(Duration.ZERO);
            tls.close();
            throw e;
        }
        this.endpoint = listen.endpoint().isUnix() ? listen.endpoint() : Addresses.endpoint(listening.localAddress());
    }

    /// Binds the port and serves.
    ///
    /// @param ownsIo whether `io` is closed with the server, also when the start fails
    public static PortServer start(ListenConfig listen, List<Protocol> protocols, IoThreads io, boolean ownsIo) {
        if (protocols.isEmpty()) throw new IllegalArgumentException("a server without a protocol");
        try {
            return new PortServer(listen, protocols, io, ownsIo);
        } catch (RuntimeException e) {
            if (ownsIo) io.close();
            throw e;
        }
    }

    private Channel bind(NettyIoThreads threads) {
        SocketOptions socket = listen.socket();
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(threads.group())
                .channelFactory(threads.serverChannels(listen.endpoint()))
                .attr(Guests.KEY, guests)
                .option(ChannelOption.SO_BACKLOG, socket.backlog())
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accepted(channel);
                    }
                });
        if (!listen.endpoint().isUnix()) bootstrap.option(ChannelOption.SO_REUSEADDR, true);
        ChannelOptions.apply(socket, listen.endpoint(), threads.transport(), bootstrap::childOption);
        listen.endpoint().path().ifPresent(SocketFile::makeRoom);
        SocketAddress address = threads.addresses(listen.endpoint()).getFirst();
        ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new StartupFailed(
                    "cannot listen on " + listen.endpoint() + ": "
                            + bound.cause().getMessage(),
                    bound.cause());
        }
        return bound.channel();
    }

    private void accepted(Channel channel) {
        boolean hasPlace = takePlace();
        counts.accepted(hasPlace);
        if (hasPlace) {
            newcomers.arrived(channel);
            channel.closeFuture().addListener(closed -> {
                admitted.decrementAndGet();
                newcomers.settled(channel);
            });
        } else {
            refused.add(channel);
            channel.closeFuture().addListener(closed -> refused.remove(channel));
        }
        // After it was added above, where a drain that begins now finds it.
        if (state.get() != State.RUNNING || refused.size() > MAX_REFUSING) {
            channel.close();
            return;
        }
        if (tls.isRequired() && listen.proxies().isEmpty()) tls.start(channel, !hasPlace);
        else admit(channel, !hasPlace);
    }

    /// Takes a place, which may be that of the oldest newcomer: it is closed, and counted until it is.
    private boolean takePlace() {
        if (admitted.incrementAndGet() <= limits.connections()) return true;
        Channel oldest = newcomers.takeOldest();
        if (oldest == null) {
            admitted.decrementAndGet();
            return false;
        }
        oldest.close();
        return true;
    }

    private void admit(Channel channel, boolean full) {
        Served first = served.getFirst();
        boolean isKnown = first.protocol().takesAll()
                && !tls.isPossible()
                && listen.proxies().isEmpty();
        if (isKnown) first.take(channel, null, full);
        else channel.pipeline().addLast(new Recognizer(served, listen, tls.isPossible() ? tls : null, full, true));
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    public int connectionCount() {
        return admitted.get();
    }

    /// Live connections of one protocol.
    public int connectionCount(String protocol) {
        int count = 0;
        for (Served each : served) {
            if (each.protocol().name().equals(protocol))
                count += each.service().links().live();
        }
        return protocol.equals(Guests.PROTOCOL) ? count + guests.live() : count;
    }

    public ServerStats stats() {
        List<ProtocolStats> protocols = new ArrayList<>();
        for (Served each : served) {
            protocols.add(each.service().links().stats(each.protocol().name()));
        }
        protocols.add(guests.stats());
        return new ServerStats(
                connectionCount(), counts.acceptedSum(), counts.refusedSum(), counts.handshakes(), protocols);
    }

    /// As [io.hawser.tcp.TcpServer#limits(int, Map)].
    public void limits(int maxConnections, Map<String, Integer> byProtocol) {
        limits.change(maxConnections, byProtocol);
    }

    /// As [io.hawser.tcp.TcpServer#sessionLimits(ConnectionLimits)].
    public void sessionLimits(ConnectionLimits changed) {
        links().filter(SessionRegistry.class::isInstance).forEach(links -> links.limits(changed));
    }

    public boolean isRunning() {
        return state.get() == State.RUNNING;
    }

    public void awaitStop() {
        if (IoLoop.isCurrent()) throw new IllegalStateException("a stop is not waited for on an event loop");
        try {
            if (!stopped.await(Deadline.current().remainingNanos(), TimeUnit.NANOSECONDS)) {
                throw new DeadlineExceeded("the server on " + endpoint + " to stop", Processed.NO);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Cancelled("interrupted while waiting for the server to stop", Processed.NO, e);
        }
    }

    public DrainReport drain(Duration grace) {
        if (IoLoop.isCurrent()) throw new IllegalStateException("a stop is not waited for on an event loop");
        if (!state.compareAndSet(State.RUNNING, State.DRAINING)) {
            awaitStop();
            return new DrainReport(0, 0);
        }
        listening.close().awaitUninterruptibly();
        endpoint.path().ifPresent(SocketFile::remove);
        refused.forEach(Channel::close);
        long end = System.nanoTime() + grace.toNanos();
        settleNewcomers(grace);
        long completed = 0;
        long cut = 0;
        for (Served each : served) each.service().links().beginDrain(CloseReason.DRAIN);
        guests.beginDrain(CloseReason.DRAIN);
        for (LinkGroup links : (Iterable<LinkGroup>) links()::iterator) {
            Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
            DrainReport report = links.drain(CloseReason.DRAIN, left);
            completed += report.completed();
            cut += report.cut();
        }
        tickers.drain(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        tls.close();
        if (ownsIo) io.close();
        state.set(State.CLOSED);
        stopped.countDown();
        return new DrainReport(completed, cut);
    }

    /// Who has just connected may have sent its first bytes: they get a moment to arrive and to be answered
    /// by a link, which says goodbye when its group drains.
    private void settleNewcomers(Duration grace) {
        List<Channel> waiting = new ArrayList<>();
        for (Channel next = newcomers.takeOldest(); next != null; next = newcomers.takeOldest()) waiting.add(next);
        if (waiting.isEmpty()) return;
        long pause = Math.min(FIRST_BYTES_MILLIS, grace.toMillis());
        CountDownLatch settled = new CountDownLatch(waiting.size());
        for (Channel channel : waiting) {
            channel.eventLoop()
                    .schedule(
                            () -> {
                                if (!(channel.pipeline().last() instanceof Link)) channel.close();
                                settled.countDown();
                            },
                            pause,
                            TimeUnit.MILLISECONDS);
        }
        try {
            var _ = settled.await(2 * FIRST_BYTES_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Guests come last: while their hosts live, there may be more of them.
    private Stream<LinkGroup> links() {
        return Stream.concat(
                served.stream().map(each -> each.service().links()),
                Stream.of(guests).flatMap(each -> each.groups().stream()));
    }

    /// The sessions of all protocols.
    public Sessions sessions() {
        return new JoinedSessions(
                () -> links().filter(SessionRegistry.class::isInstance).map(SessionRegistry.class::cast));
    }

    /// Ends a drain that is under way, too.
    @Override
    public void close() {
        if (state.get() == State.DRAINING) {
            links().forEach(links -> links.cut(CloseReason.DRAIN));
        }
        drain(Duration.ZERO);
    }
}
