package io.hawser.hub.v1;

import io.hawser.Endpoint;
import io.hawser.cluster.TopicPattern;
import java.util.List;
import java.util.Optional;

/// A session of hawser.v1, as administrators see it.
///
/// @param user who it was proved to be, empty if nobody
/// @param remote where its client is; empty while it waits for that to come back
/// @param subscriptions topics and patterns
public record SessionView(
        String sid, String client, String user, Optional<Endpoint> remote, List<String> subscriptions) {
    static SessionView of(Peer peer) {
        Connection connection = peer.connection();
        return new SessionView(
                peer.sid,
                peer.client,
                peer.user,
                connection == null ? Optional.empty() : Optional.of(connection.session.remote()),
                peer.follower.subscriptions().keySet().stream()
                        .map(TopicPattern::text)
                        .sorted()
                        .toList());
    }
}
