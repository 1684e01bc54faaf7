package io.hawser.internal.topic;

import io.hawser.TimeSource;
import io.hawser.cluster.BackplaneListener;
import io.hawser.cluster.History;
import io.hawser.cluster.MemoryLimits;
import io.hawser.cluster.Position;
import io.hawser.cluster.Publication;
import io.hawser.cluster.Published;
import io.hawser.cluster.Registration;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicMessage;
import io.hawser.cluster.TopicRules;
import java.util.List;
import java.util.Optional;

/// Topics whose order and history are this memory's own.
///
/// Thread: safe from any.
///
/// Lock: a lane, then the store or the mids.
public final class LocalTopics {
    private volatile TopicRules rules;
    private final TimeSource time;
    private final TopicStore store;
    private final Mids mids;
    private final Listeners listeners = new Listeners();
    private final Lanes lanes = new Lanes(listeners);

    public LocalTopics(TopicRules rules, MemoryLimits limits, TimeSource time) {
        this.rules = rules;
        this.time = time;
        this.store = new TopicStore(rules, limits, time, Marks.epoch(), 0);
        this.mids = new Mids(limits.mids(), time);
    }

    public TopicRules rules() {
        return rules;
    }

    /// As [io.hawser.cluster.LocalBackplane#rules(TopicRules)].
    public void rules(TopicRules changed) {
        if (!changed.hasClassesOf(rules)) throw new IllegalArgumentException("the class of a topic would change");
        rules = changed;
        store.rules(changed);
    }

    /// What the history takes, about.
    public long bytes() {
        return store.bytes();
    }

    /// How many topics have a history.
    public int topics() {
        return store.topics();
    }

    /// Publishes, and hands out.
    ///
    /// @throws io.hawser.Rejected if too much waits to be handed out
    public Published publish(Publication publication) {
        Topic topic = publication.topic();
        return lanes.of(topic).publish(() -> {
            Optional<Published> earlier = mids.find(publication);
            if (earlier.isPresent()) return new Lane.Made<>(earlier.get(), null);
            TopicMessage message = rules.of(topic).isLog()
                    ? store.append(topic, publication.payload(), Marks.tag())
                    : new TopicMessage(topic, Position.NONE, publication.payload(), time.now());
            Published published = Published.at(message.position());
            mids.add(publication, published);
            return new Lane.Made<>(published, message);
        });
    }

    public List<Topic> topics(String after, int limit) {
        return store.topics(after, limit);
    }

    public Registration listen(BackplaneListener listener) {
        return listeners.add(listener);
    }

    /// What came after a position, or last.
    ///
    /// @throws IllegalArgumentException if the topic is a live one
    public History history(Topic topic, Optional<Position> after, int limit) {
        if (!rules.of(topic).isLog()) throw new IllegalArgumentException("topic " + topic + " is live: no history");
        return after.map(position -> store.afterAtLast(topic, position, limit))
                .orElseGet(() -> store.lastAtLast(topic, limit));
    }
}
