package io.hawser.nats;

import io.hawser.Bytes;
import io.hawser.HawserException;
import io.hawser.Rejected;
import io.hawser.StartupFailed;
import io.hawser.TimeSource;
import io.hawser.cluster.Backplane;
import io.hawser.cluster.BackplaneListener;
import io.hawser.cluster.BackplaneStatus;
import io.hawser.cluster.History;
import io.hawser.cluster.MemoryLimits;
import io.hawser.cluster.Nodes;
import io.hawser.cluster.Position;
import io.hawser.cluster.Presence;
import io.hawser.cluster.Publication;
import io.hawser.cluster.Published;
import io.hawser.cluster.Registration;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicRules;
import io.hawser.internal.topic.Listeners;
import io.hawser.internal.topic.LiveTopics;
import io.hawser.internal.topic.Marks;
import io.hawser.internal.topic.MirroredTopics;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.Consumer;
import io.nats.client.Dispatcher;
import io.nats.client.ErrorListener;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamSubscription;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The backplane of a cluster, on NATS with JetStream.
///
/// While the broker is away, live topics reach this node only, logs cannot be published to, and
/// histories are read as far as this node remembers them; when it is back, the node catches up by
/// itself.
///
/// Thread: safe from any; nothing but `start` and `close` waits.
public final class NatsBackplane implements Backplane {
    private static final Logger LOG = LoggerFactory.getLogger(NatsBackplane.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final long REPEAT_EVERY = NatsPresence.KEPT.dividedBy(3).dividedBy(Leases.RENEWAL);

    private final TopicRules rules;
    private final BrokerConnection connection;
    private final ClusterKeys keys;
    private final MirroredTopics mirror;
    private final LiveSubjects live;
    private final Leases leases;
    private final NatsPresence presence;
    private final NatsNodes nodes;
    private final Loop keeping;
    private final Loop membership;
    private final Listeners listeners = new Listeners();
    /// How often something of the live topics may have been missed, and how often that was told.
    private final AtomicInteger cuts = new AtomicInteger();

    private int cutsTold;
    private volatile boolean hasToBegin = true;
    /// Only the one who renews reads and writes it.
    private boolean areKeysInDoubt;
    private volatile boolean isClosed;
    private long renewals;

    private NatsBackplane(
            NatsConfig config,
            String node,
            TopicRules rules,
            MemoryLimits limits,
            TimeSource time,
            Predicate<Bytes> payloads)
            throws IOException, JetStreamApiException {
        this.rules = rules;
        Names names = new Names(config.prefix());
        this.keeping = new Loop("hawser-nats-keeper", LOOK, this::keep);
        this.membership = new Loop("hawser-nats-membership", Leases.RENEWAL, this::renew);
        this.connection =
                new BrokerConnection(() -> Connecting.connect(config, node, connectionListener(), errorListener()));
        try {
            LogStream stream = new LogStream(connection, names, config, rules);
            BrokerClock clock = new BrokerClock(time);
            var _ = stream.update();
            this.keys = new ClusterKeys(connection, names, config);
            keys.begin();
            Complaints complaints = new Complaints(time);
            NodePost post = new NodePost(node, keys, clock);
            Arrivals arrivals = new Arrivals(names, rules, payloads, post, complaints);
            NatsLog log = new NatsLog(connection, stream, names, arrivals, clock);
            this.mirror = new MirroredTopics(rules, limits, time, log, listeners, keeping::now);
            LiveTopics here = new LiveTopics(limits.mids(), time, listeners);
            this.live = new LiveSubjects(connection, names, arrivals, post, here);
            this.leases = new Leases(connection, names, config, time, clock, node, Marks.epoch());
            this.presence = new NatsPresence(connection, names, config, leases, node, membership::now);
            this.nodes = new NatsNodes(connection, names, leases, node, post, complaints);
            connection.each(this::listen);
        } catch (IOException | JetStreamApiException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private void listen(Connection made) {
        Dispatcher dispatcher = made.createDispatcher();
        live.listen(dispatcher);
        nodes.listen(dispatcher);
    }

    /// Connects, and takes its place in the cluster as `node`.
    ///
    /// @param node a name that no other node of the cluster has
    /// @throws StartupFailed if no broker can be reached, or it has no JetStream
    public static NatsBackplane start(NatsConfig config, String node, TopicRules rules) {
        return start(config, node, rules, MemoryLimits.defaults(), TimeSource.system(), payload -> true);
    }

    /// With limits and time of the caller's.
    ///
    /// @param node a name that no other node of the cluster has
    /// @param payloads whether it is one that nodes publish: others who may use the broker can publish anything
    ///     to its subjects, which is passed over; the same on each node, and called on the broker's threads
    /// @throws StartupFailed if no broker can be reached, or it has no JetStream
    public static NatsBackplane start(
            NatsConfig config,
            String node,
            TopicRules rules,
            MemoryLimits limits,
            TimeSource time,
            Predicate<Bytes> payloads) {
        NatsBackplane started;
        try {
            started = new NatsBackplane(config, node, rules, limits, time, payloads);
        } catch (IOException | JetStreamApiException e) {
            throw new StartupFailed("NATS has no JetStream for this cluster: " + e.getMessage(), e);
        }
        try {
            started.keep();
            started.renew();
            started.keeping.start();
            started.membership.start();
            if (started.status().isConnected()) return started;
            throw new StartupFailed("NATS: " + started.status().detail(), null);
        } catch (RuntimeException e) {
            started.close();
            throw e;
        }
    }

    @SuppressWarnings("ReferenceEquality") // connections are identities
    private ConnectionListener connectionListener() {
        return (at, event) -> {
            // It may go before the constructor has come to the mirror; and others than this one may have been tried.
            if (isClosed || mirror == null || at != connection.now()) return;
            switch (event) {
                case DISCONNECTED, CLOSED -> {
                    cuts.incrementAndGet();
                    mirror.disconnected(event.getEvent());
                }
                case RECONNECTED, RESUBSCRIBED -> doubted();
                default -> {}
            }
        };
    }

    private ErrorListener errorListener() {
        return new QuietErrors() {
            @Override
            public void exceptionOccurred(Connection at, Exception exception) {
                if (!isClosed) super.exceptionOccurred(at, exception);
            }

            @Override
            public void slowConsumerDetected(Connection at, Consumer consumer) {
                LOG.warn("messages of NATS were dropped: they come faster than this node takes them");
                cuts.incrementAndGet();
                doubted();
            }

            @Override
            public void heartbeatAlarm(
                    Connection at, JetStreamSubscription subscription, long lastStream, long lastConsumer) {
                doubted();
            }
        };
    }

    private void keep() {
        if (isClosed) return;
        if (connection.mend()) {
            cuts.incrementAndGet();
            mirror.disconnected("its connection was given up, and another made");
        }
        boolean wasConnected = status().isConnected();
        int known = cuts.get();
        try {
            mirror.check().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        if (!status().isConnected()) return;
        // The look has come back, so what is subscribed to comes again.
        if (known != cutsTold) {
            cutsTold = known;
            listeners.interrupted();
        }
        if (wasConnected) return;
        hasToBegin = true;
        membership.now();
    }

    private void doubted() {
        if (mirror != null) mirror.doubted();
    }

    private void renew() {
        if (isClosed || !status().isConnected()) return;
        boolean isNew = hasToBegin;
        // Whoever finds the lease of this node may ask it something. Later the lease must not wait for the keys.
        if (isNew) agree();
        tell();
        if (!isNew && !Thread.currentThread().isInterrupted()) agree();
    }

    private void tell() {
        try {
            if (hasToBegin) {
                leases.begin();
                presence.begin();
                hasToBegin = false;
            }
            leases.renew();
            if (++renewals % REPEAT_EVERY == 0) presence.repeat();
            presence.flush();
            presence.sweep();
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            if (!isClosed) LOG.warn("presence cannot be told now: {}", e.getMessage());
            hasToBegin = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void agree() {
        try {
            if (hasToBegin || areKeysInDoubt) keys.begin();
            else keys.agree();
            areKeysInDoubt = false;
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            if (!isClosed && !areKeysInDoubt) {
                LOG.warn("the keys of the cluster cannot be read now: {}", e.getMessage());
            }
            areKeysInDoubt = true;
        }
    }

    /// The keys of the cluster now: the first signs, each verifies. There is one, the configured one or that
    /// which the first node left in the broker, unless the broker has lost it: then that of a node that was
    /// started there before the others came back is first, and theirs come behind it. At most 8; a
    /// change elsewhere is known here within 5 s.
    public List<Bytes> keys() {
        return keys.all();
    }

    @Override
    public TopicRules rules() {
        return rules;
    }

    @Override
    public CompletableFuture<Published> publish(Publication publication) {
        if (isClosed) return closed();
        if (rules.of(publication.topic()).isLog()) return mirror.publish(publication);
        try {
            return CompletableFuture.completedFuture(live.publish(publication));
        } catch (HawserException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public Registration listen(BackplaneListener listener) {
        return mirror.listen(listener);
    }

    @Override
    public CompletableFuture<History> history(Topic topic, Optional<Position> after, int limit) {
        if (isClosed) return closed();
        return mirror.history(topic, after, limit);
    }

    @Override
    public List<Topic> topics(String after, int limit) {
        return mirror.topics(after, limit);
    }

    private static <T> CompletableFuture<T> closed() {
        return CompletableFuture.failedFuture(new Rejected("the backplane is closed", null));
    }

    @Override
    public Presence presence() {
        return presence;
    }

    @Override
    public Nodes nodes() {
        return nodes;
    }

    @Override
    public BackplaneStatus status() {
        return mirror.status();
    }

    @Override
    public void close() {
        if (isClosed) return;
        isClosed = true;
        keeping.close();
        membership.close();
        mirror.close();
        if (connection.isConnected()) {
            try {
                presence.end();
                leases.end();
            } catch (IOException | JetStreamApiException | IllegalStateException e) {
                LOG.debug("presence ends with its lease", e);
            }
        }
        connection.close();
    }
}
