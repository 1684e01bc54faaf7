package io.hawser.hub.sim;

import io.hawser.cluster.Position;
import io.hawser.cluster.TopicMessage;
import org.jspecify.annotations.Nullable;

/// A message that the broker has stored, and when.
///
/// @param before the last message of its topic then
/// @param earlier the last message of all
record Entry(
        TopicMessage message,
        String text,
        long storedAt,
        @Nullable Entry before,
        @Nullable Entry earlier) {
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

    /// Whether a position of whatever topic was in the history already.
    boolean isOfHistoryWith(Position position) {
        Entry entry = this;
        while (entry != null && entry.offset() > position.offset()) entry = entry.earlier;
        return entry != null && entry.at().equals(position);
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
