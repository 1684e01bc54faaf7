package io.hawser.hub;

import io.hawser.Bytes;
import io.hawser.Deadline;
import io.hawser.DrainReport;
import io.hawser.Endpoint;
import io.hawser.StartupFailed;
import io.hawser.TimeSource;
import io.hawser.Tls;
import io.hawser.TlsIdentity;
import io.hawser.cluster.Backplane;
import io.hawser.cluster.LocalBackplane;
import io.hawser.cluster.Registration;
import io.hawser.cluster.TopicRules;
import io.hawser.http.Filter;
import io.hawser.http.HttpConfig;
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
import io.hawser.hub.rest.RestApi;
import io.hawser.hub.v1.Delivery;
import io.hawser.hub.v1.Notation;
import io.hawser.io.ConnectionLimits;
import io.hawser.io.IoThreads;
import io.hawser.io.Transport;
import io.hawser.messaging.Codec;
import io.hawser.messaging.Frame;
import io.hawser.messaging.MessagingConfig;
import io.hawser.messaging.MessagingServer;
import io.hawser.nats.NatsBackplane;
import io.hawser.session.SessionConfig;
import io.hawser.session.SessionHandler;
import io.hawser.session.Sessions;
import io.hawser.tcp.ListenConfig;
import io.hawser.tcp.ProtocolStats;
import io.hawser.tcp.ServerStats;
import io.hawser.tcp.TcpServer;
import io.hawser.websocket.WebSocketConfig;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

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
    private static final int LEAST_FRAME_BYTES = 125;
    private static final List<String> OPERATORS = List.of("/metrics", "/api/", "/login");
    private static final SessionHandler GREETED_ONLY = (session, message) -> {
        throw new IllegalStateException("a bare peer got past the hello");
    };
    private static final Duration COME_BACK_WITHIN = Duration.ofSeconds(8);
    /// A little longer: who comes back last has a session to be handed over, too.
    private static final Duration HAND_OVER = Duration.ofSeconds(10);

    private final HubConfig config;
    /// What of it has changed since the start; guarded by this monitor.
    private HubConfig current;

    private final IoThreads io;
    private final Optional<Shared> shared;
    private final Exchange exchange;
    private final SocketLimit socketLimit;
    private final TopicCounts counts = new TopicCounts();
    private final Registration counting;
    private final HubMetrics metrics;
    private final NodeStats figures;
    private final StatsPublisher publisher;
    private final Alerts alerts;
    private final FileSites files;
    private final Gateway gateway;
    private final TcpServer server;
    /// A peer may come before the constructor has ended.
    private final CompletableFuture<TcpServer> serving = new CompletableFuture<>();

    private final CompletableFuture<Alerts> alerting = new CompletableFuture<>();
    private final AtomicBoolean draining = new AtomicBoolean();

    private Hub(HubConfig config, IoThreads io, Optional<Shared> shared) {
        this.config = config;
        this.current = config;
        this.io = io;
        boolean isLoopback = config.listen().endpoint().isLoopback();
        Authenticator authenticator = new Authenticator(config.access(), isLoopback);
        Guard guard = new Guard(config.access(), authenticator, isLoopback, TimeSource.system());
        this.shared = shared;
        this.exchange = exchange(config, shared, authenticator, this::openSessions, io);
        this.counting = exchange.backplane().listen(counts);
        this.metrics = new HubMetrics(
                io, exchange.backplane(), exchange::subscriptionStats, this::serverStats, exchange::sessionCount);
        StatsSource source = new StatsSource(
                config.node(),
                this::serverStats,
                io,
                exchange.backplane(),
                exchange::subscriptionStats,
                exchange::sessionCount,
                () -> exchange.feed().count(),
                metrics::registry);
        this.figures = new NodeStats(source);
        Answers answers = Answers.in(config.protocols().handlers());
        this.socketLimit = new SocketLimit(config.protocols().maxWebSockets(), this::webSocketCount);
        this.gateway = Gateway.open(
                config.sites(),
                config.node(),
                config.protocols().messaging().session().limits().idleTimeout(),
                metrics.http(),
                io);
        HttpHandler endpoints = new WebEndpoints(
                        this::obstacle,
                        () -> exchange.backplane().status(),
                        guard,
                        metrics,
                        gateway,
                        () -> alerting.join().toMap())
                .of(config.protocols().handlers(), api(), exchange.feed());
        HttpHandler web = sockets(answers, exchange.delivery(), guard.socket(), endpoints);
        try {
            this.files = new FileSites(config.files(), web);
            this.server = TcpServer.start(
                    config.listen(),
                    List.of(
                            MessagingServer.protocol(messaging(config), messages(answers)),
                            HttpServer.protocol(
                                    http(config), gateway.before(files).with(socketLimit))),
                    io);
        } catch (RuntimeException e) {
            counting.close();
            gateway.close();
            metrics.close();
            exchange.close();
            throw e;
        }
        serving.complete(server);
        shared.ifPresent(common -> metrics.workers(figures().keySet(), common.figures()));
        this.alerts = Alerts.start(config.node(), config.alerts(), new FigureSource(source), io);
        alerting.complete(alerts);
        this.publisher = StatsPublisher.start(figures, exchange.backplane(), io);
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
    /// cannot be had
    public static Hub start(HubConfig config) {
        return start(config, Optional.empty());
    }

    /// Starts one of several hubs that `shared` brings together: topics and the key are theirs.
    ///
    /// @throws io.hawser.StartupFailed if the port, the transport or the certificate cannot be had
    public static Hub start(HubConfig config, Shared shared) {
        return start(config, Optional.of(shared));
    }

    private static Hub start(HubConfig config, Optional<Shared> shared) {
        requireToken(config);
        IoThreads io = IoThreads.start(config.io());
        try {
            return new Hub(config, io, shared);
        } catch (RuntimeException e) {
            io.close();
            throw e;
        }
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

    private static MessagingConfig messaging(HubConfig config) {
        MessagingConfig messaging = config.protocols().messaging();
        ConnectionLimits limits = messaging.session().limits();
        // A handler on the event loop gets a message as long as the queue is below its soft bound, and what it
        // answers may be as large as a message: it has to fit.
        int answer = Math.addExact(messaging.maxMessageBytes(), Frame.HEADER_BYTES);
        int hard = Math.max(limits.hardQueueBytes(), Math.addExact(limits.softQueueBytes(), answer));
        return messaging
                .withId(config.node())
                .withCodecs(Codec.available().toArray(Codec[]::new))
                .withBareAllowed(config.bareMode() != BareMode.OFF)
                .withSession(messaging.session().withLimits(limits.withQueueBytes(limits.softQueueBytes(), hard)));
    }

    /// When all places are taken, the operator still comes in.
    private static HttpConfig http(HubConfig config) {
        HttpConfig http = config.protocols().http();
        List<String> kept = new ArrayList<>(http.keptPaths());
        kept.addAll(OPERATORS);
        return http.withKeptPaths(kept);
    }

    private static Exchange exchange(
            HubConfig config,
            Optional<Shared> shared,
            Authenticator authenticator,
            Supplier<Optional<Sessions>> sessions,
            IoThreads io) {
        SessionConfig session = messaging(config).session();
        if (shared.isPresent()) {
            Shared common = shared.get();
            return new Exchange(common.backplane(), common.key(), authenticator, session, sessions, io);
        }
        ClusterConfig cluster = config.cluster();
        if (cluster.nats().isEmpty()) {
            LocalBackplane local = LocalBackplane.start(config.node(), rules(config));
            return new Exchange(local, randomKey(), authenticator, session, sessions, io);
        }
        NatsBackplane nats = NatsBackplane.start(cluster.nats().get(), config.node(), rules(config));
        return new Exchange(nats, nats.key(), authenticator, session, sessions, io);
    }

    private static Bytes randomKey() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return Bytes.wrap(key);
    }

    private HttpHandler api() {
        return RestApi.of(
                exchange.backplane(),
                exchange.peers(),
                exchange.delivery(),
                () -> serving.join().sessions(),
                this::stats,
                counts,
                config.protocols().messaging().maxMessageBytes());
    }

    /// What `/api/v1/stats` says.
    private Map<String, Object> stats() {
        Map<String, Object> stats = figures.take();
        stats.put("draining", draining.get());
        stats.put("shed", shed(serverStats()));
        shared.ifPresent(common -> stats.put("workers", common.figures().get()));
        return stats;
    }

    private SessionHandler messages(Answers answers) {
        SessionHandler bare = switch (config.bareMode()) {
            case MANAGED -> new ManagedHandler(answers, exchange.delivery());
            case ECHO -> new EchoHandler(answers);
            case OFF -> GREETED_ONLY;
        };
        return v1(Notation.CBOR, bare);
    }

    private SessionHandler v1(Notation notation, SessionHandler bare) {
        return exchange.handler(
                notation, bare, config.protocols().handlers(), messaging(config).session());
    }

    private SocketEndpoints sockets(Answers answers, Delivery delivery, Filter guard, HttpHandler next) {
        int maxMessageBytes = config.protocols().messaging().maxMessageBytes();
        WebSocketConfig socket = WebSocketConfig.defaults()
                .withMaxMessageBytes(maxMessageBytes)
                .withMaxFrameBytes(Math.max(maxMessageBytes, LEAST_FRAME_BYTES))
                .withSession(messaging(config).session());
        SessionHandler echo = new EchoHandler(answers).in(config.protocols().handlers());
        Optional<SessionHandler> bare = switch (config.bareMode()) {
            case MANAGED ->
                Optional.of(new TextOnlyHandler(new ManagedHandler(answers, delivery))
                        .in(config.protocols().handlers()));
            case ECHO -> Optional.of(echo);
            case OFF -> Optional.empty();
        };
        Map<String, SessionHandler> v1 = Map.of(
                "hawser.v1.json", v1(Notation.JSON, GREETED_ONLY), "hawser.v1.cbor", v1(Notation.CBOR, GREETED_ONLY));
        return new SocketEndpoints(socket, new ApartHandler(echo), bare, v1, guard, next);
    }

    /// Looks whether a hub could be started with `config`, as far as that can be seen without starting it.
    ///
    /// @throws io.hawser.StartupFailed if a folder or a certificate is not there, or cannot be used
    public static void check(HubConfig config) {
        config.files().forEach(FileSite::open);
        config.listen().tls().flatMap(Tls::identity).ifPresent(TlsIdentity::load);
    }

    /// Takes over what `changed` says and can be changed while the hub runs: all of it, or nothing.
    ///
    /// @return what is in force now, and what needs a restart
    /// @throws io.hawser.StartupFailed if a folder to serve is not there; then nothing has changed
    public synchronized Reload reload(HubConfig changed) {
        Reloading reloading = new Reloading(config, current, changed);
        Runnable exchangeFiles = files.exchange(changed.files());
        List<String> names = new ArrayList<>();
        if (reloading.differs(HubConfig::files)) {
            exchangeFiles.run();
            names.add("hub.files");
        }
        if (reloading.differs(each -> each.sites().upstreams())) {
            gateway.exchange(changed.sites().upstreams());
            names.add("hub.upstreams");
        }
        // What several hubs share, none of them changes.
        boolean canChangeTopics = shared.isEmpty() && reloading.canChangeTopics();
        if (reloading.topicsDiffer() && canChangeTopics) {
            exchange.topics(changed.cluster().topics());
            names.add("hub.topics");
        }
        if (reloading.differs(each -> each.protocols().messaging().session().limits())) {
            server.sessionLimits(messaging(changed).session().limits());
            names.add("hub.server.limits");
        }
        if (reloading.differs(each -> each.alerts().rules())) {
            alerts.rules(changed.alerts().rules());
            names.add("hub.alerts");
        }
        ListenConfig listen = changed.listen();
        if (reloading.differs(each -> each.listen().maxConnections())
                || reloading.differs(each -> each.listen().protocolLimits())) {
            server.limits(listen.maxConnections(), listen.protocolLimits());
            names.add("network max_connections");
        }
        if (reloading.differs(each -> each.protocols().maxWebSockets())) {
            socketLimit.most(changed.protocols().maxWebSockets());
            names.add("network.websocket.max_connections");
        }
        List<String> needRestart = new ArrayList<>(reloading.needRestart());
        if (shared.isPresent() && reloading.topicsDiffer() && reloading.canChangeTopics())
            needRestart.add("hub.topics");
        current = canChangeTopics ? changed : changed.withCluster(current.cluster());
        return new Reload(names, needRestart);
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

    private static Map<String, Long> shed(ServerStats server) {
        Map<String, Long> shed = new TreeMap<>();
        server.shed().forEach((cause, count) -> shed.put(cause.name().toLowerCase(Locale.ROOT), count));
        return shed;
    }

    /// How much there is and was, by name; names of what only grows end in `_total`.
    public Map<String, Long> figures() {
        ServerStats server = serverStats();
        Map<String, Long> figures = new TreeMap<>();
        figures.put("connections", (long) server.connections());
        figures.put("sessions", (long) exchange.sessionCount());
        figures.put("accepted_total", server.accepted());
        figures.put("refused_total", server.refused());
        for (ProtocolStats protocol : server.protocols()) {
            figures.merge("messages_received_total", protocol.traffic().messagesReceived(), Long::sum);
            figures.merge("messages_sent_total", protocol.traffic().messagesSent(), Long::sum);
            figures.merge("bytes_received_total", protocol.traffic().bytesReceived(), Long::sum);
            figures.merge("bytes_sent_total", protocol.traffic().bytesSent(), Long::sum);
        }
        shed(server).forEach((cause, count) -> figures.put("shed_" + cause + "_total", count));
        return figures;
    }

    /// Stops listening, answers what has been received, tells every peer to come back later, cuts what
    /// is left after `grace`, and stops the threads.
    public DrainReport drain(Duration grace) {
        Deadline end = Deadline.after(grace);
        draining.set(true);
        exchange.goAway(COME_BACK_WITHIN, grace);
        Duration rest = end.remaining().minus(exchange.handOverTime());
        DrainReport report = server.drain(rest.isNegative() ? Duration.ZERO : rest);
        exchange.handOver(shorter(end.remaining(), HAND_OVER));
        publisher.close();
        alerts.close();
        counting.close();
        gateway.close();
        metrics.close();
        exchange.close();
        io.close();
        return report;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /// Stops at once. Closing twice does nothing.
    @Override
    public void close() {
        server.close();
        publisher.close();
        alerts.close();
        counting.close();
        gateway.close();
        metrics.close();
        exchange.close();
        io.close();
    }
}
