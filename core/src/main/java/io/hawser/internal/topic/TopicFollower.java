package io.hawser.internal.topic;

import io.hawser.HawserException.Processed;
import io.hawser.LimitExceeded;
import io.hawser.Rejected;
import io.hawser.cluster.Follower;
import io.hawser.cluster.Position;
import io.hawser.cluster.SubscribeAnswer;
import io.hawser.cluster.Subscriber;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicMessage;
import io.hawser.cluster.TopicPattern;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The subscriptions of one subscriber.
///
/// Thread: safe from any.
///
/// Lock: this monitor guards `patterns` and is held to subscribe and unsubscribe, which take that of no other
/// object but the trie's.
final class TopicFollower implements Follower {
    private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);

    final Followers all;
    final Subscriber subscriber;
    private final LiveQueue queue;
    private final ConcurrentHashMap<Topic, LogSubscription> logs = new ConcurrentHashMap<>(4);
    private final LinkedHashMap<TopicPattern, LiveSubscription> patterns = new LinkedHashMap<>(4);
    /// A copy of the values of `patterns`, in the order in which they were subscribed.
    private volatile LiveSubscription[] inOrder = {};
    private final int number;
    private boolean isClosed;
    private volatile boolean hasFailed;

    /// @param number which follower it is
    TopicFollower(Followers all, Subscriber subscriber, int number) {
        this.all = all;
        this.subscriber = subscriber;
        this.number = number;
        this.queue = new LiveQueue(this);
    }

    @Override
    public void subscribe(TopicPattern pattern, Optional<Position> from, SubscribeAnswer answer) {
        if (!pattern.isExact() && from.isPresent()) {
            throw new IllegalArgumentException("pattern '" + pattern + "' with a position: patterns have no history");
        }
        if (pattern.isExact() && all.backplane.rules().of(pattern.asTopic()).isLog()) {
            addLog(new LogSubscription(this, pattern.asTopic(), answer)).join(from);
        } else {
            addLive(new LiveSubscription(this, pattern));
            answer.subscribed(Position.NONE, false, 0);
        }
    }

    private synchronized LogSubscription addLog(LogSubscription subscription) {
        checkCount(logs.containsKey(subscription.topic()));
        LogSubscription replaced = logs.put(subscription.topic(), subscription);
        if (replaced != null) end(replaced);
        all.add(subscription);
        all.counts.subscriptions.increment();
        return subscription;
    }

    private synchronized void addLive(LiveSubscription subscription) {
        checkCount(patterns.containsKey(subscription.pattern()));
        if (patterns.putIfAbsent(subscription.pattern(), subscription) != null) return;
        inOrder = patterns.values().toArray(LiveSubscription[]::new);
        all.live.add(subscription.pattern(), subscription);
        all.counts.subscriptions.increment();
    }

    private void checkCount(boolean isReplacing) {
        if (isClosed) throw new Rejected("the session has ended", null);
        int max = all.limits.subscriptions();
        if (!isReplacing && count() >= max) {
            throw new LimitExceeded("subscriptions", max, count() + 1, Processed.NO);
        }
    }

    @Override
    public synchronized boolean unsubscribe(TopicPattern pattern) {
        LiveSubscription live = patterns.remove(pattern);
        if (live != null) {
            inOrder = patterns.values().toArray(LiveSubscription[]::new);
            end(live);
            return true;
        }
        LogSubscription log = pattern.isExact() ? logs.remove(pattern.asTopic()) : null;
        if (log != null) end(log);
        return log != null;
    }

    private void end(LiveSubscription live) {
        all.live.remove(live.pattern(), live);
        all.counts.subscriptions.decrement();
    }

    private void end(LogSubscription log) {
        all.remove(log);
        log.close();
        all.counts.subscriptions.decrement();
    }

    /// A log that could not be joined.
    synchronized void drop(LogSubscription log) {
        if (logs.remove(log.topic(), log)) end(log);
    }

    /// Hands out a message that `through` matches, unless it comes by another way: by a log, or by a
    /// subscription that was there before.
    void live(LiveSubscription through, TopicMessage message) {
        if (logs.containsKey(message.topic())) return;
        LiveSubscription first = through;
        LiveSubscription[] subscribed = inOrder;
        if (subscribed.length > 1) {
            for (LiveSubscription other : subscribed) {
                if (other.pattern().matches(message.topic())) {
                    first = other;
                    break;
                }
            }
        }
        if (first.equals(through)) queue.add(through, message);
    }

    void interrupted(LiveSubscription through) {
        queue.interrupted(through);
    }

    @Override
    public void restore(TopicPattern pattern, Position at) {
        if (at.isNone() || !pattern.isExact()) {
            LiveSubscription restored = new LiveSubscription(this, pattern);
            addLive(restored);
            restored.interrupted();
        } else {
            addLog(new LogSubscription(this, pattern.asTopic(), at));
            all.waits(this);
        }
    }

    @Override
    public synchronized Map<TopicPattern, Position> subscriptions() {
        Map<TopicPattern, Position> subscriptions = new LinkedHashMap<>();
        for (TopicPattern pattern : patterns.keySet()) subscriptions.put(pattern, Position.NONE);
        logs.forEach((topic, log) -> subscriptions.put(TopicPattern.of(topic), log.position()));
        return subscriptions;
    }

    @Override
    public void rejoin(TopicPattern topic, Position at) {
        LogSubscription log = topic.isExact() ? logs.get(topic.asTopic()) : null;
        if (log != null) log.rejoin(at);
    }

    /// The subscriber threw. Said once, as it may throw each time.
    void failed(Throwable failure) {
        if (hasFailed) return;
        hasFailed = true;
        LOG.error("a subscriber failed, and is asked again", failure);
    }

    boolean mayGoOn() {
        if (!subscriber.hasRoom()) return false;
        if (!queue.isEmpty()) return true;
        for (LogSubscription log : logs.values()) if (log.mayGoOn()) return true;
        return logs.values().stream().noneMatch(LogSubscription::isWaiting);
    }

    @Override
    public void room() {
        if (!queue.flush()) return;
        for (LogSubscription log : logs.values()) log.room();
    }

    /// The same in each run, so that a simulation that is repeated finds the same order in a set.
    @Override
    public int hashCode() {
        return number;
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int count() {
        return logs.size() + inOrder.length;
    }

    @Override
    public Optional<Position> position(Topic topic) {
        LogSubscription log = logs.get(topic);
        return log == null ? Optional.empty() : Optional.of(log.position());
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        for (Map.Entry<TopicPattern, LiveSubscription> entry : patterns.entrySet()) end(entry.getValue());
        patterns.clear();
        inOrder = new LiveSubscription[0];
        for (LogSubscription log : logs.values()) drop(log);
        queue.close();
        all.gone(this);
    }
}
