package io.hawser.session;

import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicPattern;
import io.hawser.internal.session.SessionTopics;
import java.util.Set;

/// Publishes messages to the sessions that joined their topic: rooms, feeds, tickers. The sessions may be of
/// any protocol and of several servers of this process; one that ends leaves by itself.
///
/// ```java
/// Topics topics = Topics.open();
/// SessionHandler room = new SessionHandler() {
///     public void opened(Session session) { topics.join(session, TopicPattern.of("room.42")); }
///     public void message(Session session, Message message) { topics.publish(Topic.of("room.42"), message); }
/// };
/// ```
///
/// A message is encoded once for each protocol, and costs one task for each event loop. The publisher never
/// waits: a program that publishes faster than the loops deliver fills the memory with such tasks, and has to
/// hold back by itself. A session that takes its messages too slowly is passed over from its soft bound on, until half of
/// what is queued for it is gone, and then told by [GapNotice]; it delays no other. One that takes nothing
/// at all for [io.hawser.io.ConnectionLimits#stallTimeout()], or is behind in more than 1,024 topics, is
/// closed.
///
/// Thread: safe from any. What one thread joins, publishes and sends keeps that order at each session.
public final class Topics {
    private static final int MAX_TOPICS_PER_SESSION = 128;

    private final SessionTopics topics;

    private Topics(SessionTopics topics) {
        this.topics = topics;
    }

    /// Topics whose sessions are not told what they missed. A session may join 128 patterns.
    public static Topics open() {
        return open(GapNotice.NONE);
    }

    public static Topics open(GapNotice gaps) {
        return open(gaps, MAX_TOPICS_PER_SESSION);
    }

    /// Topics with another limit on what a session joins.
    ///
    /// @param maxTopicsPerSession how many patterns a session may join
    public static Topics open(GapNotice gaps, int maxTopicsPerSession) {
        if (maxTopicsPerSession < 1) {
            throw new IllegalArgumentException("maxTopicsPerSession " + maxTopicsPerSession + ": at least 1");
        }
        return new Topics(new SessionTopics(maxTopicsPerSession, gaps));
    }

    /// From now on `session` gets what is published to the topics of `pattern`; what several of its patterns
    /// match, it gets once.
    ///
    /// @return false if it had joined that before
    /// @throws io.hawser.LimitExceeded if it has joined as many as it may
    public boolean join(Session session, TopicPattern pattern) {
        return topics.join(session, pattern);
    }

    /// From now on `session` gets no more of that.
    ///
    /// @return false if it had not joined it
    public boolean leave(Session session, TopicPattern pattern) {
        return topics.leave(session, pattern);
    }

    /// What `session` has joined.
    public Set<TopicPattern> joined(Session session) {
        return topics.joined(session);
    }

    /// Hands `message` to every session that has joined `topic`, and waits for none. A session whose server
    /// is not configured to send so long a message misses it, which is counted and told as any other gap.
    public void publish(Topic topic, Message message) {
        topics.publish(topic, message);
    }
}
