package io.hawser.cluster;

import io.hawser.Rejected;
import io.hawser.TimeSource;
import io.hawser.internal.topic.LocalPresence;
import io.hawser.internal.topic.LocalTopics;
import io.hawser.internal.topic.OneNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// A backplane of one node, in memory: its history ends with it, so each has an epoch of its own.
///
/// Thread: safe from any.
public final class LocalBackplane implements Backplane {
    private final LocalTopics topics;
    private final LocalPresence presence;
    private final OneNode nodes;
    private final Instant since;
    private volatile boolean isClosed;

    private LocalBackplane(String node, TopicRules rules, MemoryLimits limits, TimeSource time) {
        this.topics = new LocalTopics(rules, limits, time);
        this.presence = new LocalPresence(node);
        this.nodes = new OneNode(node);
        this.since = time.now();
    }

    /// One with the default limits, on the system's time.
    ///
    /// @param node the name of the one node
    public static LocalBackplane start(String node, TopicRules rules) {
        return start(node, rules, MemoryLimits.defaults(), TimeSource.system());
    }

    /// One with limits and time of the caller's.
    ///
    /// @param node the name of the one node
    public static LocalBackplane start(String node, TopicRules rules, MemoryLimits limits, TimeSource time) {
        return new LocalBackplane(node, rules, limits, time);
    }

    @Override
    public TopicRules rules() {
        return topics.rules();
    }

    /// From now on `changed` says how much is kept of which topic; what is too much for it is dropped.
    ///
    /// @throws IllegalArgumentException if a topic would be of another class, which its subscribers count on
    public void rules(TopicRules changed) {
        topics.rules(changed);
    }

    @Override
    public CompletableFuture<Published> publish(Publication publication) {
        if (isClosed) return closed();
        try {
            return CompletableFuture.completedFuture(topics.publish(publication));
        } catch (Rejected tooMany) {
            return CompletableFuture.failedFuture(tooMany);
        }
    }

    @Override
    public Registration listen(BackplaneListener listener) {
        return topics.listen(listener);
    }

    @Override
    public CompletableFuture<History> history(Topic topic, Optional<Position> after, int limit) {
        if (isClosed) return closed();
        return CompletableFuture.completedFuture(topics.history(topic, after, limit));
    }

    @Override
    public List<Topic> topics(String after, int limit) {
        return topics.topics(after, limit);
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
        return new BackplaneStatus(true, since, "in memory");
    }

    @Override
    public void close() {
        isClosed = true;
    }
}
