package io.hawser.hub;

import io.hawser.session.Offer;
import io.hawser.session.Session;
import io.hawser.session.Sessions;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Brings what one session sends to others, to each in the form that its peer understands: a `msg` of hawser.v1
/// where it said hello, the bare text or bytes where it did not.
record Delivery(Supplier<Sessions> sessions) {
    Optional<Session> find(String id) {
        return sessions.get().find(id);
    }

    /// Whether `to` has a form for `payload`.
    static boolean fits(Session to, Payload payload) {
        return to.isGreeted() || payload.bare().isPresent();
    }

    /// Offers `payload`, which [#fits], to one session.
    static Offer offer(Session to, Session from, Payload payload) {
        return to.offer(
                to.isGreeted() ? Replies.msg(from, payload) : payload.bare().orElseThrow());
    }

    /// Offers `payload` to every session that it fits, the sender's too.
    ///
    /// @return to how many
    int broadcast(Session from, Payload payload) {
        int greeted = sessions.get().broadcast(Replies.msg(from, payload), Session::isGreeted);
        if (payload.bare().isEmpty()) return greeted;
        return greeted + sessions.get().broadcast(payload.bare().get(), Predicate.not(Session::isGreeted));
    }
}
