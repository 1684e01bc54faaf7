package io.hawser.hub.v1;

import io.hawser.Bytes;
import io.hawser.session.Offer;
import io.hawser.session.Session;
import io.hawser.session.Sessions;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Brings what one session sends to others, to each in the form that its peer understands: a `msg` of
/// hawser.v1 where it said hello, the bare text or bytes where it did not.
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

    /// Brings `payload` to one session, on whatever node it is.
    ///
    /// Errors: the future fails with [IllegalArgumentException] if the session has no form for it, and
    /// as a question to another node does.
    public CompletableFuture<Brought> bring(String sid, Sender from, Payload payload, String mid) {
        Offer here = offer(sid, from, payload, mid);
        if (here == Offer.QUEUED) return CompletableFuture.completedFuture(Brought.YES);
        if (here == Offer.DROPPED) return CompletableFuture.completedFuture(Brought.FULL);
        if (bareSession(sid).isPresent() && payload.bare().isEmpty()) {
            return CompletableFuture.failedFuture(
                    new IllegalArgumentException("session " + sid + " takes only text and bytes"));
        }
        return peers.nodes().send(sid, payload.signed(from), mid);
    }

    /// Brings `payload` to every session of every node.
    ///
    /// @return to how many
    public CompletableFuture<Integer> bringAll(Sender from, Payload payload) {
        int here = broadcast(from, payload);
        return peers.nodes().broadcast(payload.signed(from)).thenApply(elsewhere -> here + elsewhere);
    }

    /// Brings `payload` to one session of this node. One that waits for its client keeps it.
    ///
    /// @return CLOSED if there is no such session, or none that has a form for it
    public Offer offer(String sid, Sender from, Payload payload) {
        return offer(sid, from, payload, "");
    }

    private Offer offer(String sid, Sender from, Payload payload, String mid) {
        Optional<Peer> peer = peers.find(sid);
        if (peer.isPresent()) return peer.get().send(payload.signed(from), mid);
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
