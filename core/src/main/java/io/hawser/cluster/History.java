package io.hawser.cluster;

import java.util.List;
import java.util.Optional;

/// A part of a topic's history.
///
/// @param head the position of the topic's last message; with an empty tag if there is none
/// @param messages in order; what was asked for and can still be had
/// @param hole why these are not all since the position that was asked for; empty where it is proved that they
///     are, up to the limit that was asked for, and where no position was
public record History(Position head, List<TopicMessage> messages, Optional<ResyncReason> hole) {
    public History {
        messages = List.copyOf(messages);
    }

    /// A history that cannot be joined to the position that was asked for.
    public static History broken(Position head, ResyncReason reason) {
        return new History(head, List.of(), Optional.of(reason));
    }

    /// Whether nothing between what was asked for and the head is left out, where the limit was above 0.
    public boolean reachesHead() {
        return hole.isEmpty()
                && (messages.isEmpty() || messages.getLast().position().equals(head));
    }
}
