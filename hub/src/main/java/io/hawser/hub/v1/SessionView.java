package io.hawser.hub.v1;

import io.hawser.cluster.TopicPattern;
import io.hawser.http.EventSession;
import io.hawser.hub.access.Identity;
import io.hawser.session.Session;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/// A session, as administrators see it.
///
/// @param user who it was proved to be, empty if nobody
/// @param connection that it is on; empty while it waits for its client to come back
/// @param subscriptions topics and patterns, which are listed when they are asked for: of many sessions few
///     are shown
public record SessionView(
        String sid, String client, String user, Optional<Session> connection, Supplier<List<String>> subscriptions) {
    static SessionView of(Peer peer) {
        Connection connection = peer.connection();
        return new SessionView(
                peer.sid,
                peer.client,
                peer.user,
                connection == null ? Optional.empty() : Optional.of(connection.session),
                () -> subscriptions(peer));
    }

    private static List<String> subscriptions(Peer peer) {
        return peer.follower.subscriptions().keySet().stream()
                .map(TopicPattern::text)
                .sorted()
                .toList();
    }

    /// Of a session that is not greeted.
    public static SessionView bare(Session session) {
        if (session instanceof EventSession stream) return reading(stream);
        return new SessionView(session.id(), session.clientId(), "", Optional.of(session), List::of);
    }

    private static SessionView reading(EventSession stream) {
        String user =
                stream.request().attribute(Identity.KEY).map(Identity::user).orElse("");
        Supplier<List<String>> topic =
                () -> stream.request().query("topic").stream().toList();
        return new SessionView(stream.id(), stream.clientId(), user, Optional.of(stream), topic);
    }

    /// Whether id, client, user or address have `part` in them, however written.
    public boolean matches(String part) {
        if (part.isEmpty()) return true;
        String sought = part.toLowerCase(Locale.ROOT);
        String remote = connection.map(session -> session.remote().toString()).orElse("");
        return (sid + '\n' + client + '\n' + user + '\n' + remote)
                .toLowerCase(Locale.ROOT)
                .contains(sought);
    }
}
