package io.hawser.hub.dashboard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.hawser.cluster.BackplaneListener;
import io.hawser.cluster.TopicMessage;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// How many messages each topic has had: of at most 10,000 topics, those that were used least lately go
/// first.
///
/// Thread: safe from any.
public final class TopicCounts implements BackplaneListener {
    private static final int MOST = 10_000;

    private final Cache<String, LongAdder> counts =
            Caffeine.newBuilder().maximumSize(MOST).build();

    public TopicCounts() {}

    @Override
    public void message(TopicMessage message) {
        counts.get(message.topic().name(), absent -> new LongAdder()).increment();
    }

    @Override
    public void interrupted() {}

    /// Of a topic, since this node has begun to count it.
    public long of(String topic) {
        @Nullable LongAdder count = counts.getIfPresent(topic);
        return count == null ? 0 : count.sum();
    }

    /// The topics that are counted.
    public Set<String> names() {
        return Set.copyOf(counts.asMap().keySet());
    }
}
