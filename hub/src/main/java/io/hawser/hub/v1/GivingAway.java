package io.hawser.hub.v1;

import io.hawser.LimitExceeded;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// A node that goes gives its sessions to those that stay: each that says so gets one after another, 64 at a
/// time, and none waits for a node that says nothing. What one refuses is offered to the others; what one does
/// not answer to is not, because two would have it. What is larger than a question between nodes may be ends.
///
/// Thread: safe from any; nothing waits.
///
/// Lock: this monitor guards all fields that change; nothing is asked while it is held.
final class GivingAway {
    private static final int AT_ONCE = 64;

    /// What gives them.
    interface Giver {
        /// Ends a session for the node `to`.
        ///
        /// @return what is left of it, null if it was not here
        @Nullable
        PeerState leave(Peer peer, String to);

        /// It is offered to `to` now, not to where it was offered before.
        void redirected(Peer peer, String to);
    }

    /// @param state null until it has left
    /// @param over completed when it has another place, or none
    private record Offer(Peer peer, @Nullable PeerState state, CompletableFuture<Void> over) {}

    private final NodeCalls nodes;
    private final Giver giver;
    private final UnderWay underWay;
    private final ArrayDeque<Offer> left = new ArrayDeque<>();
    private final Set<String> staying = new HashSet<>();
    private final CompletableFuture<Integer> done = new CompletableFuture<>();
    private int unheard;
    private int unanswered;
    private int given;

    /// @param underWay says of which sessions it is not known yet who has them
    GivingAway(NodeCalls nodes, Giver giver, UnderWay underWay, Collection<Peer> peers) {
        this.nodes = nodes;
        this.giver = giver;
        this.underWay = underWay;
        for (Peer peer : peers) left.add(new Offer(peer, null, new CompletableFuture<>()));
    }

    /// Offers them, a few at a time to each node.
    ///
    /// @return how many were taken, once nothing is left or nobody takes more
    CompletableFuture<Integer> start() {
        List<String> others = nodes.others();
        synchronized (this) {
            unheard = others.size();
        }
        endIfOver();
        for (String node : others) {
            var _ = nodes.stays(node).whenComplete((stays, failure) -> {
                if (failure == null && stays) begin(node);
                synchronized (this) {
                    unheard--;
                }
                endIfOver();
            });
        }
        return done;
    }

    private void begin(String node) {
        synchronized (this) {
            staying.add(node);
        }
        for (int i = 0; i < AT_ONCE; i++) next(node);
    }

    private void next(String to) {
        while (true) {
            Offer offer;
            synchronized (this) {
                offer = staying.contains(to) ? left.pollFirst() : null;
                if (offer == null) return;
                unanswered++;
            }
            Offer made = offered(offer, to);
            PeerState state = made.state();
            if (state != null) {
                var _ = nodes.give(to, offer.peer().sid, state)
                        .whenComplete((isTaken, failure) -> answered(to, made, answer(isTaken, failure)));
                return;
            }
            made.over().complete(null);
            synchronized (this) {
                unanswered--;
            }
            endIfOver();
        }
    }

    /// It leaves now, if it has not been offered before.
    private Offer offered(Offer offer, String to) {
        if (offer.state() != null) {
            giver.redirected(offer.peer(), to);
            return offer;
        }
        CompletableFuture<Void> over = underWay.begin(offer.peer().sid);
        return new Offer(offer.peer(), giver.leave(offer.peer(), to), over);
    }

    private enum Taken {
        YES,
        NO,
        /// Nothing was answered, so that it may have it.
        MAYBE,
        /// It is larger than can be carried to any node.
        NOWHERE
    }

    private static Taken answer(@Nullable Boolean isTaken, @Nullable Throwable failure) {
        if (isTaken != null) return isTaken ? Taken.YES : Taken.NO;
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof LimitExceeded ? Taken.NOWHERE : Taken.MAYBE;
    }

    private void answered(String to, Offer offer, Taken taken) {
        List<String> others = List.of();
        if (taken != Taken.NO) offer.over().complete(null);
        synchronized (this) {
            if (taken == Taken.YES) given++;
            if (taken == Taken.NO) left.addFirst(offer);
            if (taken == Taken.NO || taken == Taken.MAYBE) {
                staying.remove(to);
                others = List.copyOf(staying);
            }
        }
        // Before this one counts as over, so that the whole does not.
        if (others.isEmpty()) next(to);
        else others.forEach(this::next);
        synchronized (this) {
            unanswered--;
        }
        endIfOver();
    }

    /// Where nothing is left, nodes that have said nothing are not waited for.
    private void endIfOver() {
        int total;
        List<Offer> unwanted;
        synchronized (this) {
            if (unanswered > 0 || (unheard > 0 && !left.isEmpty())) return;
            total = given;
            unwanted = List.copyOf(left);
        }
        for (Offer offer : unwanted) offer.over().complete(null);
        done.complete(total);
    }
}
