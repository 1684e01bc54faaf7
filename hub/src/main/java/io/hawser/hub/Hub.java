package io.hawser.hub;

import io.hawser.Bytes;
import io.hawser.DrainReport;
import io.hawser.Endpoint;
import io.hawser.StartupFailed;
import io.hawser.TimeSource;
import io.hawser.cluster.Backplane;
import io.hawser.cluster.LocalBackplane;
import io.hawser.cluster.SubscriptionStats;
import io.hawser.http.Filter;
import io.hawser.http.HttpHandler;
import io.hawser.http.HttpServer;
import io.hawser.hub.access.Authenticator;
import io.hawser.hub.access.Guard;
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
import io.hawser.tcp.TcpServer;
import io.hawser.websocket.WebSocketConfig;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private static final SessionHandler GREETED_ONLY = (session, message) -> {
        throw new IllegalStateException("a bare peer got past the hello");
    };
    private static final Duration COME_BACK_WITHIN = Duration.ofSeconds(8);

    private final HubConfig config;
    private final IoThreads io;
    private final Exchange exchange;
    private final TcpServer server;
    /// A peer may come before the constructor has ended.
    private final CompletableFuture<Sessions> sessions = new CompletableFuture<>();

    private final AtomicBoolean draining = new AtomicBoolean();

    private Hub(HubConfig config, IoThreads io) {
        this.config = config;
        this.io = io;
        boolean isLoopback = config.listen().endpoint().isLoopback();
        Authenticator authenticator = new Authenticator(config.access(), isLoopback);
        Guard guard = new Guard(config.access(), authenticator, isLoopback, TimeSource.system());
        this.exchange = exchange(config, authenticator, sessions::join, io);
        Answers answers = Answers.in(config.handlers());
        HttpHandler endpoints = WebEndpoints.of(
                config.handlers(),
                () -> !draining.get(),
                () -> exchange.backplane().status(),
                guard,
                api(),
                exchange.feed());
        HttpHandler web = sockets(answers, exchange.delivery(), guard.socket(), endpoints);
        try {
            this.server = TcpServer.start(
                    config.listen(),
                    List.of(
                            MessagingServer.protocol(messaging(config), messages(answers)),
                            HttpServer.protocol(config.http(), web)),
                    io);
        } catch (RuntimeException e) {
            exchange.close();
            throw e;
        }
        sessions.complete(server.sessions());
    }

    /// Starts the event loops and listens.
    ///
    /// @throws io.hawser.StartupFailed if the port, the transport, the certificate or the broker
    /// cannot be had
    public static Hub start(HubConfig config) {
        boolean isLoopback = config.listen().endpoint().isLoopback();
        if (!isLoopback && config.access().adminToken().isEmpty()) {
            throw new StartupFailed(
                    config.listen().endpoint() + " is no loopback address, so the hub needs an admin token:"
                            + " --admin-token-file FILE or HAWSER_ADMIN_TOKEN",
                    null);
        }
        IoThreads io = IoThreads.start(config.io());
        try {
            return new Hub(config, io);
        } catch (RuntimeException e) {
            io.close();
            throw e;
        }
    }

    private static MessagingConfig messaging(HubConfig config) {
        MessagingConfig messaging = config.messaging();
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

    private static Exchange exchange(
            HubConfig config, Authenticator authenticator, Supplier<Sessions> sessions, IoThreads io) {
        SessionConfig session = messaging(config).session();
        ClusterConfig cluster = config.cluster();
        if (cluster.nats().isEmpty()) {
            LocalBackplane local = LocalBackplane.start(config.node(), cluster.topics());
            return new Exchange(local, randomKey(), authenticator, session, sessions, io);
        }
        NatsBackplane nats = NatsBackplane.start(cluster.nats().get(), config.node(), cluster.topics());
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
                sessions::join,
                this::stats,
                config.messaging().maxMessageBytes());
    }

    /// What `/api/v1/stats` says.
    private Map<String, Object> stats() {
        SubscriptionStats topics = exchange.subscriptions().stats();
        Map<String, Object> stats = new LinkedHashMap<>();
        stats.put("node", config.node());
        stats.put("nodes", exchange.backplane().nodes().names().stream().sorted().toList());
        stats.put("broker", exchange.backplane().status().isConnected() ? "up" : "away");
        stats.put("draining", draining.get());
        stats.put("connections", server.connectionCount());
        stats.put("sessions", exchange.sessionCount());
        stats.put("streams", exchange.feed().count());
        stats.put("subscriptions", topics.subscriptions());
        stats.put("waiting", topics.waiting());
        stats.put("recovered", topics.recovered());
        stats.put("resyncs", topics.resyncs());
        stats.put("detached", topics.detached());
        stats.put("missed", topics.missed());
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
                notation, bare, config.handlers(), messaging(config).session());
    }

    private SocketEndpoints sockets(Answers answers, Delivery delivery, Filter guard, HttpHandler next) {
        int maxMessageBytes = config.messaging().maxMessageBytes();
        WebSocketConfig socket = WebSocketConfig.defaults()
                .withMaxMessageBytes(maxMessageBytes)
                .withMaxFrameBytes(Math.max(maxMessageBytes, LEAST_FRAME_BYTES))
                .withSession(messaging(config).session());
        SessionHandler echo = new EchoHandler(answers).in(config.handlers());
        Optional<SessionHandler> bare = switch (config.bareMode()) {
            case MANAGED ->
                Optional.of(new TextOnlyHandler(new ManagedHandler(answers, delivery)).in(config.handlers()));
            case ECHO -> Optional.of(echo);
            case OFF -> Optional.empty();
        };
        Map<String, SessionHandler> v1 = Map.of(
                "hawser.v1.json", v1(Notation.JSON, GREETED_ONLY), "hawser.v1.cbor", v1(Notation.CBOR, GREETED_ONLY));
        return new SocketEndpoints(socket, echo, bare, v1, guard, next);
    }

    /// Where it listens, with the port that it really has.
    public Endpoint endpoint() {
        return server.endpoint();
    }

    /// What it speaks, in the words of its ready line.
    public List<String> protocols() {
        return List.of("http/1.1", "websocket", "msgi");
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

    /// Stops listening, answers what has been received, tells every peer to come back later, cuts what
    /// is left after `grace`, and stops the threads.
    public DrainReport drain(Duration grace) {
        draining.set(true);
        exchange.goAway(COME_BACK_WITHIN, grace);
        DrainReport report = server.drain(grace);
        exchange.close();
        io.close();
        return report;
    }

    /// Stops at once. Closing twice does nothing.
    @Override
    public void close() {
        server.close();
        exchange.close();
        io.close();
    }
}
