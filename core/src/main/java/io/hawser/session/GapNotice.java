package io.hawser.session;

import io.hawser.cluster.Topic;
import java.util.Optional;

/// What a session is told that took its messages too slowly, and missed some of what was published.
@FunctionalInterface
public interface GapNotice {
    /// Nothing is told; [SessionStats#messagesDropped()] counts all the same.
    GapNotice NONE = (session, topic, missed) -> Optional.empty();

    /// The message for `session`, which is sent before what is published next.
    ///
    /// Thread: an event loop; for streams of server-sent events that of whoever publishes. It must not wait.
    ///
    /// @param missed how many messages of `topic` it did not get
    Optional<Message> message(Session session, Topic topic, long missed);
}
