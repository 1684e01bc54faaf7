package io.hawser.internal.session;

import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicPattern;
import io.hawser.session.GapNotice;
import io.hawser.session.Message;
import io.hawser.session.Session;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The topics of sessions of any protocol, one [TopicShard] for each event loop, and one for event streams.
///
/// Thread: safe from any.
public final class SessionTopics {
    private final int maxTopicsPerSession;
    private final GapNotice gaps;
    private final ConcurrentHashMap<Object, TopicShard> shards = new ConcurrentHashMap<>();

    public SessionTopics(int maxTopicsPerSession, GapNotice gaps) {
        this.maxTopicsPerSession = maxTopicsPerSession;
        this.gaps = gaps;
    }

    TopicShard shard(TopicMember session) {
        return shards.computeIfAbsent(session.home(), home -> new TopicShard(session.lane(), gaps));
    }

    public boolean join(Session session, TopicPattern pattern) {
        Subscriber subscriber = member(session).subscribing(this);
        if (!subscriber.join(pattern, maxTopicsPerSession)) return false;
        subscriber.shard().run(() -> subscriber.shard().join(subscriber, pattern));
        return true;
    }

    public boolean leave(Session session, TopicPattern pattern) {
        Subscriber subscriber = member(session).subscriber(this);
        if (subscriber == null || !subscriber.leave(pattern)) return false;
        subscriber.shard().run(() -> subscriber.shard().leave(subscriber, pattern));
        return true;
    }

    public Set<TopicPattern> joined(Session session) {
        Subscriber subscriber = member(session).subscriber(this);
        return subscriber == null ? Set.of() : Set.of(subscriber.joined());
    }

    public void publish(Topic topic, Message message) {
        SharedMessage shared = new SharedMessage(message);
        shards.forEach((home, shard) -> {
            if (!shard.run(() -> shard.publish(topic, shared))) shards.remove(home, shard);
        });
    }

    private static TopicMember member(Session session) {
        if (session instanceof TopicMember member) return member;
        throw new IllegalArgumentException(session + ": not a session of Hawser");
    }
}
