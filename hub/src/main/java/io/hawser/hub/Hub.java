package io.hawser.hub;

import io.hawser.Deadline;
import io.hawser.DrainReport;
import io.hawser.Endpoint;
import io.hawser.StartupFailed;
import io.hawser.TimeSource;
import io.hawser.cluster.Backplane;
import io.hawser.cluster.TopicRules;
import io.hawser.http.HttpHandler;
import io.hawser.http.HttpServer;
import io.hawser.hub.access.Authenticator;
import io.hawser.hub.access.Guard;
import io.hawser.hub.alerts.Alerts;
import io.hawser.hub.alerts.FigureSource;
import io.hawser.hub.dashboard.NodeStats;
import io.hawser.hub.dashboard.StatsPublisher;
import io.hawser.hub.dashboard.StatsSource;
import io.hawser.hub.dashboard.TopicCounts;
import io.hawser.hub.log.AccessLines;
import io.hawser.hub.rest.NodeChoice;
import io.hawser.hub.rest.RestApi;
import io.hawser.hub.v1.MessageLimit;
import io.hawser.internal.tcp.StopSteps;
import io.hawser.internal.tls.TlsMaterial;
import io.hawser.io.IoThreads;
import io.hawser.io.Transport;
import io.hawser.messaging.MessagingServer;
import io.hawser.nats.NatsConfig;
import io.hawser.session.Sessions;
import io.hawser.tcp.ServerStats;
import io.hawser.tcp.TcpServer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/// The server that `hawser serve` runs.
///
/// ```java
/// try (Hub hub = Hub.start(HubConfig.on(ListenConfig.on("127.0.0.1:0")))) {
///     connectTo(hub.endpoint());
/// }
/// ```
///
/// Thread: safe from any.
public final class Hub implements AutoCloseable {
    private static final Duration COME_BACK_WITHIN = Duration.ofSeconds(8);
    /// A little longer: who comes back last has a session to be handed over, too.
    private static final Duration HAND_OVER = Duration.ofSeconds(10);

    private final HubConfig config;
    private final IoThreads io;
    private final Optional<Shared> shared;
    private final Exchange exchange;
    private final TopicCounts counts = new TopicCounts();
    private final HubMetrics metrics;
    private final NodeStats figures;
    private final Gateway gateway;
    private final TcpServer server;
    private final LiveConfig live;
    /// A peer may come before the constructor has ended.
    private final CompletableFuture<TcpServer> serving = new CompletableFuture<>();

    private final CompletableFuture<Alerts> alerting = new CompletableFuture<>();
    private final AtomicBoolean draining = new AtomicBoolean();
    /// Ends all that the constructor has begun beside the server, the latest first. Each does nothing the second time.
    private final Deque<Runnable> ends = new ArrayDeque<>();

    private Hub(HubConfig config, IoThreads io, Optional<Shared> shared) {
        this.config = config;
        this.io = io;
        this.shared = shared;
        ends.push(io::close);
        try {
            boolean isLoopback = config.listen().endpoint().isLoopback();
            Authenticator authenticator = new Authenticator(config.access(), isLoopback);
            Guard guard = new Guard(config.access(), authenticator, isLoopback, TimeSource.system());
            ProtocolConfigs configs = new ProtocolConfigs(config);
            TopicHome home = TopicHome.of(config, shared);
            ends.push(home.backplane()::close);
            this.exchange =
                    new Exchange(home.backplane(), home.keys(), authenticator, configs.messaging(), this::openSessions);
            ends.push(exchange::close);
            exchange.feed().maxStreams(config.listen().maxConnections());
            ends.push(exchange.backplane().listen(counts)::close);
            this.metrics = new HubMetrics(
                    io, exchange.backplane(), exchange::subscriptionStats, this::serverStats, exchange::sessionCount);
            ends.push(metrics::close);
            StatsSource source = new StatsSource(
                    config.node(),
                    this::serverStats,
                    io,
                    exchange.backplane(),
                    exchange::subscriptionStats,
                    exchange::sessionCount,
                    () -> exchange.feed().count(),
                    metrics.early());
            this.figures = new NodeStats(source);
            SessionHandlers handlers = new SessionHandlers(
                    config, configs, exchange, Answers.in(config.protocols().handlers()));
            SocketLimit socketLimit = new SocketLimit(config.protocols().maxWebSockets(), this::webSocketCount);
            this.gateway = Gateway.open(config, metrics.early(), io);
            ends.push(gateway::close);
            HttpHandler endpoints = new WebEndpoints(
                            this::obstacle,
                            () -> exchange.backplane().status(),
                            guard,
                            metrics,
                            gateway,
                            () -> alerting.join().toMap(),
                            new NodeChoice(exchange.peers()))
                    .of(config.protocols().handlers(), api(), exchange.feed());
            FileSites files = new FileSites(config.files(), handlers.sockets(guard.socket(), endpoints));
            this.server = TcpServer.start(
                    config.listen(),
                    List.of(
                            MessagingServer.protocol(configs.messaging(), handlers.messages()),
                            HttpServer.protocol(
                                    configs.http(),
                                    AccessLines.around(gateway.before(files).with(socketLimit)))),
                    io);
            serving.complete(server);
            shared.ifPresent(common -> metrics.workers(figures().keySet(), common.figures()));
            Alerts alerts = Alerts.start(config.node(), config.alerts(), new FigureSource(source), io);
            ends.push(alerts::close);
            alerting.complete(alerts);
            this.live =
                    new LiveConfig(config, shared.isPresent(), exchange, files, gateway, socketLimit, server, alerts);
            ends.push(StatsPublisher.start(figures, exchange.backplane())::close);
        } catch (RuntimeException | Error failure) {
            alerting.completeExceptionally(failure);
            try {
                close();
            } catch (RuntimeException besides) {
                failure.addSuppressed(besides);
            }
            throw failure;
        }
    }

    /// Why a balancer should send nobody here.
    private Optional<String> obstacle() {
        if (draining.get()) return Optional.of("draining");
        TcpServer known = serving.getNow(null);
        if (known == null) return Optional.of("starting");
        return known.isShedding() ? Optional.of("shedding") : Optional.empty();
    }

    /// Starts the event loops and listens.
    ///
    /// @throws io.hawser.StartupFailed if the port, the transport, the certificate or the broker
    ///     cannot be had, or the address is not loopback and there is no admin token
    public static Hub start(HubConfig config) {
        return start(config, Optional.empty());
    }

    /// Starts one of several hubs that `shared` brings together: topics and the key are theirs.
    ///
    /// @throws io.hawser.StartupFailed if the port, the transport or the certificate cannot be had, or the
    ///     address is not loopback and there is no admin token
    public static Hub start(HubConfig config, Shared shared) {
        return start(config, Optional.of(shared));
    }

    private static Hub start(HubConfig config, Optional<Shared> shared) {
        requireToken(config);
        return new Hub(config, IoThreads.start(config.io()), shared);
    }

    /// Nobody who is not on this machine administers a hub without a token.
    private static void requireToken(HubConfig config) {
        if (config.listen().endpoint().isLoopback()
                || config.access().adminToken().isPresent()) return;
        throw new StartupFailed(
                config.listen().endpoint() + " is no loopback address, so the hub needs an admin token:"
                        + " --admin-token-file FILE or HAWSER_ADMIN_TOKEN",
                null);
    }

    /// What is kept of which topic, with what holds for the hub's own.
    public static TopicRules rules(HubConfig config) {
        return Exchange.withOwn(config.cluster().topics());
    }

    private ServerStats serverStats() {
        return serving.join().stats();
    }

    /// On any thread, none of which must wait for the constructor.
    private Optional<Sessions> openSessions() {
        return Optional.ofNullable(serving.getNow(null)).map(TcpServer::sessions);
    }

    /// On an event loop, which must not wait for the constructor.
    private int webSocketCount() {
        TcpServer known = serving.getNow(null);
        return known == null ? 0 : known.connectionCount("websocket");
    }

    private HttpHandler api() {
        return RestApi.of(
                exchange.backplane(),
                exchange.peers(),
                exchange.delivery(),
                () -> serving.join().sessions(),
                this::stats,
                counts,
                new MessageLimit(config.protocols().messaging().maxMessageBytes()));
    }

    /// What `/api/v1/stats` says.
    private Map<String, Object> stats() {
        Map<String, Object> stats = figures.take();
        stats.put("draining", draining.get());
        stats.put("shed", hubFigures().shed());
        shared.ifPresent(common -> stats.put("workers", common.figures().get()));
        return stats;
    }

    /// Looks whether a hub could be started with `config`, as far as that can be seen without starting it.
    ///
    /// An admin token is not asked for: it may come from elsewhere when the hub is started.
    ///
    /// @throws io.hawser.StartupFailed if a folder, a certificate, a file of credentials or of keys is not
    ///     there, or cannot be used
    public static void check(HubConfig config) {
        config.files().forEach(FileSite::open);
        config.cluster().nats().ifPresent(NatsConfig::check);
        config.listen().tls().ifPresent(TlsMaterial::check);
        config.access().check();
    }

    /// Takes over what `changed` says and can be changed while the hub runs: all of it, or nothing.
    ///
    /// @return what is in force now, and what needs a restart
    /// @throws io.hawser.StartupFailed if a folder to serve is not there; then nothing has changed
    public Reload reload(HubConfig changed) {
        return live.change(changed);
    }

    /// Where it listens, with the port that it really has.
    public Endpoint endpoint() {
        return server.endpoint();
    }

    /// What it speaks, in the words of its ready line.
    public List<String> protocols() {
        return List.of("http/1.1", "h2", "websocket", "msgi");
    }

    /// The interface to the sockets in use.
    public Transport transport() {
        return io.transport();
    }

    public String node() {
        return config.node();
    }

    /// The sessions that are open.
    public Sessions sessions() {
        return server.sessions();
    }

    /// Where its topics are.
    public Backplane backplane() {
        return exchange.backplane();
    }

    /// Live connections, those that have not greeted included.
    public int connectionCount() {
        return server.connectionCount();
    }

    /// How much there is and was, by name; names of what only grows end in `_total`.
    public Map<String, Long> figures() {
        return hubFigures().all();
    }

    private HubFigures hubFigures() {
        return new HubFigures(serverStats(), exchange.sessionCount());
    }

    /// Stops listening, answers what has been received, tells every peer to come back later, cuts what
    /// is left after `grace`, and stops the threads.
    ///
    /// @throws io.hawser.ShutdownFailed if something did not stop; the rest did
    public DrainReport drain(Duration grace) {
        Deadline end = Deadline.after(grace);
        draining.set(true);
        try {
            exchange.goAway(COME_BACK_WITHIN, grace);
            Duration rest = end.remaining().minus(exchange.handOverTime());
            return drain(rest.isNegative() ? Duration.ZERO : rest, end);
        } finally {
            close();
        }
    }

    /// Who is left is handed over, whatever of the server did not stop.
    private DrainReport drain(Duration grace, Deadline end) {
        try {
            return server.drain(grace);
        } finally {
            exchange.handOver(shorter(end.remaining(), HAND_OVER));
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /// Stops at once. Closing twice does nothing.
    ///
    /// @throws io.hawser.ShutdownFailed if something did not stop; the rest did
    @Override
    public void close() {
        StopSteps steps = new StopSteps();
        TcpServer known = serving.getNow(null);
        if (known != null) steps.take(known::close);
        ends.forEach(steps::take);
        steps.check("the hub");
    }
}
