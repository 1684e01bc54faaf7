package io.hawser.hub.v1;

import io.hawser.LimitExceeded;
import io.hawser.http.EventSession;
import io.hawser.session.Key;
import io.hawser.session.Message;
import io.hawser.session.Session;
import io.hawser.session.Sessions;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// The sessions of this node whose peers know no protocol: they get the bare text or bytes, but for those
/// that are apart, and for event streams, which carry what their topic says and nothing else.
///
/// Thread: safe from any.
///
/// @param sessions those on connections; empty while the server that has them is starting
public record BareSessions(Supplier<Optional<Sessions>> sessions) {
    private static final Key<Boolean> APART = Key.of("apart");

    /// From now on it gets nothing of what others send.
    public static void setApart(Session session) {
        session.attribute(APART, true);
    }

    private static boolean isReached(Session session) {
        return !session.isGreeted() && session.attribute(APART).isEmpty() && !(session instanceof EventSession);
    }

    private Optional<Session> find(String sid) {
        return sessions.get().flatMap(all -> all.find(sid)).filter(Predicate.not(Session::isGreeted));
    }

    Brought bring(String sid, Payload payload) {
        Optional<Session> session = find(sid).filter(BareSessions::isReached);
        if (session.isEmpty()) return Brought.NO_SESSION;
        Optional<Message> bare = payload.bare();
        if (bare.isEmpty()) return Brought.NO_FORM;
        try {
            return switch (session.get().offer(bare.get())) {
                case QUEUED -> Brought.YES;
                case DROPPED -> Brought.FULL;
                case CLOSED -> Brought.NO_SESSION;
            };
        } catch (LimitExceeded tooLarge) {
            return Brought.TOO_LARGE;
        }
    }

    /// Offers it to every one of them.
    ///
    /// @return to how many, none of them where the payload has no bare form
    int broadcast(Payload payload) {
        Optional<Message> bare = payload.bare();
        Optional<Sessions> all = sessions.get();
        if (bare.isEmpty() || all.isEmpty()) return 0;
        try {
            return all.get().broadcast(bare.get(), BareSessions::isReached);
        } catch (LimitExceeded tooLarge) {
            // It is of a node that sends larger ones.
            return 0;
        }
    }

    /// Sends it away.
    ///
    /// @return false if there is none
    boolean disconnect(String sid) {
        Optional<Session> session = find(sid);
        session.ifPresent(each -> each.close(Peers.DISCONNECTED));
        return session.isPresent();
    }
}
