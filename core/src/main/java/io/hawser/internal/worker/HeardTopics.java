package io.hawser.internal.worker;

import io.hawser.cluster.Topic;
import io.hawser.messaging.Container;
import io.hawser.messaging.ContainerBuilder;
import io.hawser.messaging.Value;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListSet;

/// The logs that a worker has heard of, from the parent or by a message: at most 100,000, as many as the parent keeps
/// by default; more are left out.
///
/// Thread: safe from any.
final class HeardTopics {
    static final String TYPE = "topics";
    static final int MOST = 100_000;

    private final ConcurrentSkipListSet<String> names = new ConcurrentSkipListSet<>();

    static ContainerBuilder said(List<Topic> topics) {
        return Container.of(TYPE).with("names", topics.stream().map(Topic::name).toList());
    }

    void read(Container said) {
        names.clear();
        for (Value name : said.list("names")) names.add(((Value.Text) name).value());
    }

    void heard(Topic topic) {
        if (names.contains(topic.name())) return;
        // Counting takes a walk, which is for new names only.
        if (names.size() < MOST) names.add(topic.name());
    }

    List<Topic> behind(String after, int limit) {
        return names.tailSet(after, false).stream().limit(limit).map(Topic::of).toList();
    }
}
