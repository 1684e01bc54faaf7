package io.hawser.hub.v1;

import io.hawser.Bytes;
import io.hawser.hub.v1.NodeCalls.Brought;
import io.hawser.session.Offer;
import io.hawser.session.Session;
import io.hawser.session.Sessions;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Brings what one session sends to others, to each in the form that its peer understands: a `msg` of hawser.v1
/// where it said hello, the bare text or bytes where it did not.
///
/// Thread: safe from any.
public final class Delivery {
    private final Supplier<Sessions> sessions;
    private final Peers peers;

    /// @param sessions those on connections, asked for when the first message comes
    public Delivery(Supplier<Sessions> sessions, Peers peers) {
        this.sessions = sessions;
        this.peers = peers;
    }

    void send(Peer from, Call.Send send, Answer answer) {
        if (send.payload().isEmpty()) {
            answer.withoutPayload();
            return;
        }
        Optional<Session> bare = bareSession(send.to());
        if (bare.isPresent() && send.payload().get().bare().isEmpty()) {
            answer.refuse(Refusal.of(Replies.BAD_REQUEST, "session " + send.to() + " takes only text and bytes"));
            return;
        }
        Offer here = offer(send.to(), from.asSender(), send.payload().get());
        if (here != Offer.CLOSED) {
            answer(send.to(), here == Offer.QUEUED ? Brought.YES : Brought.FULL, answer);
            return;
        }
        var _ = peers.nodes()
                .send(send.to(), send.payload().get().signed(from.asSender()))
                .whenComplete((brought, failure) -> {
                    if (failure != null) answer.refuseLater(Refusal.of(failure));
                    else answer(send.to(), brought, answer);
                });
    }

    private static void answer(String sid, Brought brought, Answer answer) {
        switch (brought) {
            case YES -> answer.okLater();
            case FULL -> answer.refuseLater(Refusal.of(Replies.TOO_MANY, "session " + sid + " reads too slowly"));
            case NO_SESSION -> answer.refuseLater(Refusal.of(Replies.NOT_FOUND, "no session " + sid));
        }
    }

    void broadcast(Peer from, Call.Bcast bcast, Answer answer) {
        if (bcast.payload().isEmpty()) {
            answer.withoutPayload();
            return;
        }
        int here = broadcast(from.asSender(), bcast.payload().get());
        var _ = peers.nodes()
                .broadcast(bcast.payload().get().signed(from.asSender()))
                .thenAccept(elsewhere -> answer.okLater(here + elsewhere));
    }

    /// Brings `payload` to one session of this node. One that waits for its client keeps it.
    ///
    /// @return CLOSED if there is no such session, or none that has a form for it
    public Offer offer(String sid, Sender from, Payload payload) {
        Optional<Peer> peer = peers.find(sid);
        if (peer.isPresent()) return peer.get().send(payload.signed(from)) ? Offer.QUEUED : Offer.DROPPED;
        Optional<Session> bare = bareSession(sid);
        if (bare.isEmpty() || payload.bare().isEmpty()) return Offer.CLOSED;
        return bare.get().offer(payload.bare().get());
    }

    private Optional<Session> bareSession(String sid) {
        return sessions.get().find(sid).filter(Predicate.not(Session::isGreeted));
    }

    /// Offers `payload` to every session of this node that has a form for it, the sender's too.
    ///
    /// @return to how many
    public int broadcast(Sender from, Payload payload) {
        Bytes signed = payload.signed(from);
        int count = peers.offerAll(signed);
        if (payload.bare().isEmpty()) return count;
        return count + sessions.get().broadcast(payload.bare().get(), Predicate.not(Session::isGreeted));
    }
}
