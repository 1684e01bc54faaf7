package io.hawser.hub.sim;

import io.hawser.cluster.Position;
import io.hawser.cluster.TopicMessage;
import org.jspecify.annotations.Nullable;

/// A message that the broker has stored, when, and the one of its topic that was the last then.
record Entry(TopicMessage message, String text, long storedAt, @Nullable Entry before) {
    Position at() {
        return message.position();
    }

    long offset() {
        return at().offset();
    }

    String topic() {
        return message.topic().name();
    }

    /// Whether `earlier` is among the messages of the topic before this one, or this one.
    boolean follows(Position earlier) {
        for (Entry entry = this; entry != null && entry.offset() >= earlier.offset(); entry = entry.before) {
            if (entry.at().equals(earlier)) return true;
        }
        return false;
    }

    /// The first message of the topic.
    Entry first() {
        Entry first = this;
        while (first.before != null) first = first.before;
        return first;
    }

    @Override
    public String toString() {
        return topic() + " " + at() + " '" + text + "'";
    }
}
