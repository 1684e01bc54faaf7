package io.hawser.internal.topic;

import io.hawser.TimeSource;
import io.hawser.cluster.Backplane;
import io.hawser.cluster.BackplaneListener;
import io.hawser.cluster.FollowLimits;
import io.hawser.cluster.Follower;
import io.hawser.cluster.Registration;
import io.hawser.cluster.Subscriber;
import io.hawser.cluster.SubscriptionStats;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicMessage;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// All followers of one backplane, and who of them follows what.
///
/// Thread: safe from any. Messages come in from the backplane, one after another for each topic.
///
/// Errors: what one subscriber throws is logged, and harms no other: [LogSubscription] and [LiveQueue] say
/// what becomes of its messages.
///
/// Lock: a [LogSubscription] or a [LiveQueue] takes its own monitor and calls its subscriber, or the backplane,
/// while it holds it; nothing takes two of them.
public final class Followers implements BackplaneListener, AutoCloseable {
    final Backplane backplane;
    final FollowLimits limits;
    final TimeSource time;
    final FollowerCounts counts = new FollowerCounts();
    final TopicTrie<LiveSubscription> live = new TopicTrie<>();
    private final ConcurrentHashMap<Topic, Set<LogSubscription>> logs = new ConcurrentHashMap<>();
    private final Set<TopicFollower> waiting = ConcurrentHashMap.newKeySet();
    private final AtomicInteger numbers = new AtomicInteger();
    private final Registration registration;

    public Followers(Backplane backplane, FollowLimits limits, TimeSource time) {
        this.backplane = backplane;
        this.limits = limits;
        this.time = time;
        this.registration = backplane.listen(this);
    }

    public Follower follow(Subscriber subscriber) {
        return new TopicFollower(this, subscriber, numbers.incrementAndGet());
    }

    void add(LogSubscription subscription) {
        logs.compute(subscription.topic(), (topic, known) -> {
            Set<LogSubscription> followed = known == null ? ConcurrentHashMap.newKeySet(2) : known;
            followed.add(subscription);
            return followed;
        });
    }

    void remove(LogSubscription subscription) {
        logs.computeIfPresent(subscription.topic(), (topic, followed) -> {
            followed.remove(subscription);
            return followed.isEmpty() ? null : followed;
        });
    }

    @Override
    public void message(TopicMessage message) {
        Set<LogSubscription> followed = logs.get(message.topic());
        if (followed != null) {
            for (LogSubscription subscription : followed) subscription.message(message);
        }
        live.match(message.topic(), subscription -> subscription.message(message));
    }

    @Override
    public void interrupted() {
        for (Set<LogSubscription> followed : logs.values()) {
            for (LogSubscription subscription : followed) subscription.interrupted();
        }
        live.forEach(LiveSubscription::interrupted);
    }

    void waits(TopicFollower follower) {
        waiting.add(follower);
    }

    /// Goes on with whoever has room again.
    ///
    /// @return how many still wait
    public int sweep() {
        if (waiting.isEmpty()) return 0;
        for (TopicFollower follower : List.copyOf(waiting)) {
            try {
                goOn(follower);
            } catch (Throwable failure) {
                follower.failed(failure);
                waiting.add(follower);
            }
        }
        return waiting.size();
    }

    private void goOn(TopicFollower follower) {
        if (isAway(follower)) return;
        // Out before it is asked, so that it can put itself in again.
        if (follower.mayGoOn() && waiting.remove(follower)) follower.room();
    }

    /// Of those who are away there may be many, and nothing changes for them before they are back.
    private boolean isAway(TopicFollower follower) {
        if (follower.subscriber.isHere()) return false;
        waiting.remove(follower);
        // He may have come back in between, and found that he still had to wait.
        if (!follower.subscriber.isHere()) return true;
        waiting.add(follower);
        return false;
    }

    void gone(TopicFollower follower) {
        waiting.remove(follower);
    }

    public SubscriptionStats stats() {
        return new SubscriptionStats(
                counts.subscriptions.sum(),
                waiting.size(),
                counts.recovered.sum(),
                counts.resyncs.sum(),
                counts.detached.sum(),
                counts.missed.sum());
    }

    /// How many logs are followed.
    public int logs() {
        return logs.size();
    }

    @Override
    public void close() {
        registration.close();
    }
}
