package io.hawser.hub.v1;

import io.hawser.Bytes;
import io.hawser.LimitExceeded;
import java.util.concurrent.CompletableFuture;

/// Brings what one session sends to others, on whatever node they are, to each in the form that its peer
/// understands: a `msg` of hawser.v1 where it said hello, the bare text or bytes where it did not.
///
/// Thread: safe from any.
public final class Delivery {
    private final Peers peers;

    public Delivery(Peers peers) {
        this.peers = peers;
    }

    /// Brings `payload` to one session. One that waits for its client keeps it.
    ///
    /// Errors: the future fails as a question to another node does.
    ///
    /// @param mid the sender's name for it, with the sender's own: the same twice is sent once; empty for none
    public CompletableFuture<Brought> bring(String sid, Sender from, Payload payload, String mid) {
        Bytes signed = payload.signed(from);
        return peers.handOvers()
                .bring(sid, signed, mid)
                .thenCompose(here -> here == Brought.NO_SESSION
                        ? peers.nodes().send(sid, signed, mid)
                        : CompletableFuture.completedFuture(here));
    }

    /// Offers `payload` to every session that has a form for it, the sender's too.
    ///
    /// Errors: [LimitExceeded] if it is larger than this node sends; then nobody gets it.
    ///
    /// @return to how many
    public CompletableFuture<Integer> bringAll(Sender from, Payload payload) {
        Bytes signed = payload.signed(from);
        try {
            peers.limit().checkDirect(signed);
        } catch (LimitExceeded tooLarge) {
            return CompletableFuture.failedFuture(tooLarge);
        }
        int here = peers.offerAll(signed, payload);
        return peers.nodes().broadcast(signed).thenApply(elsewhere -> here + elsewhere);
    }
}
