package io.hawser.internal.topic;

import io.hawser.cluster.TopicMessage;
import java.util.List;

/// All that is kept of a topic, as it was read from where it is kept.
///
/// @param epoch the life of the history that it was read from
/// @param completeAfter every message of the topic with a greater offset, up to `through`, is in `messages`
/// @param through up to which offset it was read, at least
/// @param messages in order
public record LoadedTopic(String epoch, long completeAfter, long through, List<Aged> messages) {
    /// A message, and how old it was when it was read.
    public record Aged(TopicMessage message, long ageNanos) {}

    public LoadedTopic {
        messages = List.copyOf(messages);
    }
}
