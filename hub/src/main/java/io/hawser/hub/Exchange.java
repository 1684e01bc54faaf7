package io.hawser.hub;

import io.hawser.Bytes;
import io.hawser.TimeSource;
import io.hawser.cluster.Backplane;
import io.hawser.cluster.FollowLimits;
import io.hawser.cluster.LocalBackplane;
import io.hawser.cluster.Registration;
import io.hawser.cluster.SubscriptionStats;
import io.hawser.cluster.Subscriptions;
import io.hawser.cluster.TopicConfig;
import io.hawser.cluster.TopicRules;
import io.hawser.hub.access.Authenticator;
import io.hawser.hub.rest.EventFeed;
import io.hawser.hub.v1.Calls;
import io.hawser.hub.v1.Delivery;
import io.hawser.hub.v1.MessageLimit;
import io.hawser.hub.v1.Notation;
import io.hawser.hub.v1.Peers;
import io.hawser.hub.v1.V1Handler;
import io.hawser.io.ExecutionMode;
import io.hawser.messaging.MessagingConfig;
import io.hawser.session.Session;
import io.hawser.session.SessionConfig;
import io.hawser.session.SessionHandler;
import io.hawser.session.Sessions;
import io.hawser.tick.Schedule;
import io.hawser.tick.Ticker;
import io.hawser.tick.TickerHandler;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the hub's sessions of every transport share: topics, and each other.
///
/// Thread: safe from any.
final class Exchange implements AutoCloseable {
    private static final Duration QUICK = Duration.ofMillis(20);
    private static final Duration IDLE = Duration.ofMillis(200);
    private static final String OWN_TOPICS = "$hub.";
    private static final int DRAIN_CODE = 4501;
    private static final int LOOK_MILLIS = 20;
    private static final Duration LAST_LOOK = Duration.ofSeconds(1);
    private static final Duration ASK_AGAIN = Duration.ofSeconds(1);
    private static final Duration GIVE = Duration.ofSeconds(2);
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    private final Backplane backplane;
    private final Authenticator authenticator;
    private final Subscriptions subscriptions;
    private final Peers peers;
    private final EventFeed feed;
    private final Delivery delivery;
    private final Calls calls;
    private final Registration failures;
    /// On a thread of its own: the places for timers may be taken.
    private final Ticker housekeeping;

    private volatile boolean isClosed;

    /// @param backplane which it closes
    /// @param keys of the cluster now: the first signs what clients come back with, each verifies it
    /// @param config of the sessions, and the longest message
    /// @param sessions those on connections; empty until the server has started
    Exchange(
            Backplane backplane,
            Supplier<List<Bytes>> keys,
            Authenticator authenticator,
            MessagingConfig config,
            Supplier<Optional<Sessions>> sessions) {
        this.backplane = backplane;
        this.authenticator = authenticator;
        TimeSource time = TimeSource.system();
        this.subscriptions = Subscriptions.over(backplane, FollowLimits.defaults(), time);
        MessageLimit limit = new MessageLimit(config.maxMessageBytes());
        this.peers = new Peers(backplane, subscriptions, keys, limit, time, sessions);
        this.feed = new EventFeed(subscriptions, authenticator.permissions(), config.session());
        this.delivery = new Delivery(peers);
        this.calls = new Calls(backplane, peers, delivery, authenticator);
        this.failures = authenticator.shareFailures(backplane);
        this.housekeeping =
                Ticker.start(TickerHandler.of("sessions", Schedule.pausing(IDLE), tick -> lookAfterSessions()));
    }

    private void lookAfterSessions() throws InterruptedException {
        while (!isClosed && look()) TimeUnit.NANOSECONDS.sleep(QUICK.toNanos());
    }

    /// @return whether somebody waits for room
    private boolean look() {
        try {
            feed.endExpired(Instant.now());
        } catch (RuntimeException failure) {
            LOG.error("the streams of events could not be looked after", failure);
        }
        return peers.sweep();
    }

    Backplane backplane() {
        return backplane;
    }

    /// From now on `changed` says what is kept of which topic, where the topics are this node's own.
    void topics(TopicRules changed) {
        if (backplane instanceof LocalBackplane local) local.rules(withOwn(changed));
    }

    /// `rules`, and what holds for the hub's own topics.
    static TopicRules withOwn(TopicRules rules) {
        return rules.with(OWN_TOPICS, TopicConfig.live());
    }

    SubscriptionStats subscriptionStats() {
        return subscriptions.stats();
    }

    EventFeed feed() {
        return feed;
    }

    Peers peers() {
        return peers;
    }

    /// For who follows topics without being a session of hawser.v1.
    Subscriptions subscriptions() {
        return subscriptions;
    }

    Delivery delivery() {
        return delivery;
    }

    /// Sessions of hawser.v1, those that wait for their client included.
    int sessionCount() {
        return peers.count();
    }

    /// Speaks hawser.v1 with the sessions of one transport.
    ///
    /// @param bare what those get that are not greeted
    /// @param config of the sessions
    SessionHandler handler(Notation notation, SessionHandler bare, ExecutionMode mode, SessionConfig config) {
        return new V1Handler(notation, peers, calls, authenticator, bare, mode, config);
    }

    /// Tells everyone that the hub goes away, and to come back at some time within `least`, or longer where
    /// there are very many; then closes their connections, 2,000 a second or what `grace` asks for, so that
    /// they do not come to the others all at once.
    void goAway(Duration least, Duration grace) {
        peers.leaving();
        Duration due = peers.spread();
        Duration spread = due.compareTo(least) < 0 ? least : due;
        Map<Session, Duration> told = new HashMap<>(peers.goAway(DRAIN_CODE, spread));
        told.putAll(feed.goAway(DRAIN_CODE, spread));
        Paced.close(told, grace.dividedBy(2), TimeSource.system());
        feed.close();
    }

    /// Lets clients take their sessions over to the other nodes, where there are any that stay, with the direct
    /// messages that they have not acknowledged; then gives those nodes the sessions that are left, for
    /// clients that come back later. An interrupt ends the wait, and the flag stays set.
    void handOver(Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        long asked = System.nanoTime() - ASK_AGAIN.toNanos();
        try {
            while (peers.count() > 0 && System.nanoTime() - end < 0) {
                if (System.nanoTime() - asked >= ASK_AGAIN.toNanos()) {
                    if (!hasOthers()) return;
                    asked = System.nanoTime();
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
            if (peers.count() > 0) {
                int count = peers.count();
                int given = peers.giveAway().get(GIVE.toMillis(), TimeUnit.MILLISECONDS);
                LOG.info("{} of {} sessions are given to other nodes", given, count);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("not all sessions could be given to other nodes: {}", e.toString());
        }
    }

    /// Whether a node stays; taken for granted where none has answered in time.
    private boolean hasOthers() throws InterruptedException, ExecutionException {
        try {
            return peers.hasOthers().get(GIVE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException unknown) {
            return true;
        }
    }

    /// How much of a grace a hand-over must be left, whatever else takes long.
    Duration handOverTime() {
        return peers.hasNeighbours() ? GIVE.multipliedBy(2) : Duration.ZERO;
    }

    @Override
    public void close() {
        isClosed = true;
        var _ = housekeeping.drain(LAST_LOOK);
        failures.close();
        feed.close();
        peers.close();
        backplane.close();
    }
}
