package io.hawser.internal.tcp;

import io.hawser.Cancelled;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.DrainReport;
import io.hawser.Endpoint;
import io.hawser.HawserException.Processed;
import io.hawser.StartupFailed;
import io.hawser.TimeSource;
import io.hawser.internal.io.IoLoop;
import io.hawser.internal.io.NettyIoThreads;
import io.hawser.internal.link.Addresses;
import io.hawser.internal.link.Link;
import io.hawser.internal.link.LinkGroup;
import io.hawser.internal.link.LinkMemory;
import io.hawser.internal.link.ReadBuffers;
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
import io.hawser.tcp.ShedCause;
import io.hawser.tcp.SocketOptions;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
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

    /// How long a drain lets those go on who have connected and not said anything yet.
    private static final Duration FIRST_BYTES = Duration.ofSeconds(1);
    /// A loop that a handler holds for longer is not waited for when the server stops.
    private static final Duration HELD_LOOP = Duration.ofSeconds(5);

    private static final long LOOK_MILLIS = 20;

    private final ListenConfig listen;
    private final IoThreads io;
    private final boolean ownsIo;
    private final Door door;
    private final Guests guests;
    private final LinkMemory memory;
    private final List<Served> served;
    private final TlsEntrance tls;
    private final ServerTickers tickers;
    private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Channel listening;
    private final Endpoint endpoint;

    private PortServer(ListenConfig listen, List<Protocol> protocols, IoThreads io, boolean ownsIo) {
        this.listen = listen;
        this.io = io;
        this.ownsIo = ownsIo;
        NettyIoThreads threads = (NettyIoThreads) io;
        this.memory = LinkMemory.of(listen.protection().memory());
        this.guests = new Guests(threads, memory);
        this.door = new Door(listen, TimeSource.system());
        this.served = protocols.stream()
                .map(protocol -> Served.open((ServerProtocol) protocol, threads, door))
                .toList();
        served.forEach(each -> each.service().links().memory(memory));
        this.tls = TlsEntrance.of(listen, served, door);
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
        OptionalInt handed = HandedSockets.take(listen.endpoint());
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(threads.group())
                .channelFactory(
                        handed.isPresent()
                                ? threads.adopting(handed.getAsInt())
                                : threads.serverChannels(listen.endpoint()))
                .attr(Guests.KEY, guests)
                .option(ChannelOption.SO_BACKLOG, socket.backlog())
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        ReadBuffers.install(channel);
                        accepted(channel);
                    }
                });
        if (!listen.endpoint().isUnix()) bootstrap.option(ChannelOption.SO_REUSEADDR, true);
        ChannelOptions.apply(socket, listen.endpoint(), threads.transport(), bootstrap::childOption);
        ChannelFuture bound =
                (handed.isPresent() ? bootstrap.register() : open(bootstrap, threads)).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new StartupFailed(
                    "cannot listen on " + listen.endpoint() + ": "
                            + bound.cause().getMessage(),
                    bound.cause());
        }
        return bound.channel();
    }

    private ChannelFuture open(ServerBootstrap bootstrap, NettyIoThreads threads) {
        listen.endpoint().path().ifPresent(SocketFile::makeRoom);
        return bootstrap.bind(threads.addresses(listen.endpoint()).getFirst());
    }

    private void accepted(Channel channel) {
        // Whoever was accepted is served, also when a drain has begun: behind a listening socket of several processes
        // it would have had another one.
        if (!door.arrives(channel) || state.get() == State.CLOSED) {
            channel.close();
            return;
        }
        if (tls.isRequired() && listen.protection().proxies().isEmpty()) tls.start(channel);
        else admit(channel);
    }

    private void admit(Channel channel) {
        Served first = served.getFirst();
        boolean isKnown = first.protocol().takesAll()
                && !tls.isPossible()
                && listen.protection().proxies().isEmpty();
        if (isKnown) first.take(channel, null);
        else channel.pipeline().addLast(new Recognizer(served, listen, door, tls.isPossible() ? tls : null, true));
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    public int connectionCount() {
        return door.connectionCount();
    }

    private Map<ShedCause, Long> shed() {
        Map<ShedCause, Long> all = door.shed();
        all.put(ShedCause.SLOW_READER, links().mapToLong(LinkGroup::stalls).sum());
        all.put(
                ShedCause.UNFINISHED,
                links().mapToLong(LinkGroup::unfinishedCuts).sum());
        all.put(ShedCause.QUEUED, links().mapToLong(LinkGroup::queuedCuts).sum());
        return all;
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
                connectionCount(),
                door.counts().acceptedSum(),
                door.counts().refusedSum(),
                door.counts().handshakes(),
                protocols,
                shed());
    }

    /// As [io.hawser.tcp.TcpServer#limits(int, Map)].
    public void limits(int maxConnections, Map<String, Integer> byProtocol) {
        door.limits().change(maxConnections, byProtocol);
    }

    /// As [io.hawser.tcp.TcpServer#sessionLimits(ConnectionLimits)].
    public void sessionLimits(ConnectionLimits changed) {
        guests.sessionLimits(changed);
        served.stream()
                .map(each -> each.service().links())
                .filter(SessionRegistry.class::isInstance)
                .forEach(links -> links.limits(changed));
    }

    /// As [io.hawser.tcp.TcpServer#reloadTls()].
    public boolean reloadTls() {
        return tls.reload();
    }

    /// As [io.hawser.tcp.TcpServer#isShedding()].
    public boolean isShedding() {
        return memory.isShort();
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
            if (stopped.getCount() > 0) awaitStop();
            return new DrainReport(0, 0);
        }
        Deadline end = Deadline.after(grace).earlier(Deadline.current());
        LongAdder completed = new LongAdder();
        LongAdder cut = new LongAdder();
        StopSteps steps = new StopSteps();
        steps.take(() -> listening.close().awaitUninterruptibly(HELD_LOOP.toMillis()));
        steps.take(() -> endpoint.path().ifPresent(SocketFile::remove));
        steps.take(door::closeRefused);
        steps.take(() -> settleNewcomers(end));
        for (Served each : served) steps.take(() -> each.service().beginDrain(CloseReason.DRAIN));
        steps.take(() -> guests.beginDrain(CloseReason.DRAIN));
        for (LinkGroup links : (Iterable<LinkGroup>) links()::iterator) {
            steps.take(() -> {
                DrainReport report = links.drain(CloseReason.DRAIN, end.remaining());
                completed.add(report.completed());
                cut.add(report.cut());
            });
        }
        steps.take(() -> tickers.drain(end.remaining()));
        steps.take(tls::close);
        if (ownsIo) steps.take(io::close);
        state.set(State.CLOSED);
        stopped.countDown();
        steps.check("the server on " + endpoint);
        return new DrainReport(completed.sum(), cut.sum());
    }

    /// Who has just connected may have sent its first bytes: they get a moment to arrive and to be answered
    /// by a link, which says goodbye when its group drains.
    private void settleNewcomers(Deadline end) {
        try {
            // What was accepted last is known once its loop has come to it.
            Deadline known = Deadline.after(HELD_LOOP);
            for (IoLoop loop : ((NettyIoThreads) io).loops())
                loop.submit(() -> {}).await(known.remainingNanos(), TimeUnit.NANOSECONDS);
            List<Channel> silent = door.takeNewcomers();
            Deadline last = end.earlier(Deadline.after(FIRST_BYTES));
            while (silent.stream().anyMatch(PortServer::isSilent) && !last.hasPassed()) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
            for (Channel channel : silent) {
                channel.eventLoop().execute(() -> {
                    if (isSilent(channel)) channel.close();
                });
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Whether nothing has shown yet what it speaks.
    private static boolean isSilent(Channel channel) {
        return channel.isOpen() && !(channel.pipeline().last() instanceof Link);
    }

    /// Guests come last: while their hosts live, there may be more of them.
    private Stream<LinkGroup> links() {
        return Stream.concat(
                served.stream().map(each -> each.service().links()),
                Stream.of(guests).flatMap(each -> each.groups().stream()));
    }

    /// The sessions of all protocols.
    public Sessions sessions() {
        return new JoinedSessions(() -> Stream.concat(
                links().filter(SessionRegistry.class::isInstance).map(SessionRegistry.class::cast),
                served.stream().flatMap(each -> each.service().streams().stream())));
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
