package io.hawser.internal.topic;

import io.hawser.cluster.Topic;

/// The lanes in which topics are handed out, 64 for all of them: the order within a topic is that of its lane.
final class Lanes {
    private static final int COUNT = 64;

    private final Lane[] lanes = new Lane[COUNT];

    Lanes(Listeners listeners) {
        for (int i = 0; i < COUNT; i++) lanes[i] = new Lane(listeners::message);
    }

    Lane of(Topic topic) {
        int hash = topic.hashCode();
        return lanes[(hash ^ hash >>> 16) & (COUNT - 1)];
    }
}
