package io.hawser.hub.v1;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A node that goes gives its sessions to those that stay: each that says so gets one after another, 64 at a
/// time, and none waits for a node that says nothing. What one refuses is offered to the others; what one does
/// not answer to is not, because two would have it.
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
    private record Offer(Peer peer, @Nullable PeerState state) {}

    private final NodeCalls nodes;
    private final Giver giver;
    private final ArrayDeque<Offer> left = new ArrayDeque<>();
    private final Set<String> staying = new HashSet<>();
    private final CompletableFuture<Integer> done = new CompletableFuture<>();
    private int unheard;
    private int underWay;
    private int given;

    GivingAway(NodeCalls nodes, Giver giver, Collection<Peer> peers) {
        this.nodes = nodes;
        this.giver = giver;
        for (Peer peer : peers) left.add(new Offer(peer, null));
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
                underWay++;
            }
            PeerState state = offer.state();
            if (state == null) state = giver.leave(offer.peer(), to);
            else giver.redirected(offer.peer(), to);
            if (state != null) {
                Offer made = new Offer(offer.peer(), state);
                var _ = nodes.give(to, offer.peer().sid, state)
                        .whenComplete((isTaken, failure) -> answered(to, made, failure == null ? isTaken : null));
                return;
            }
            synchronized (this) {
                underWay--;
            }
            endIfOver();
        }
    }

    /// @param isTaken null where nothing was answered
    private void answered(String to, Offer offer, @Nullable Boolean isTaken) {
        List<String> others = List.of();
        synchronized (this) {
            if (isTaken == null) {
                staying.remove(to);
            } else if (isTaken) {
                given++;
            } else {
                staying.remove(to);
                left.addFirst(offer);
            }
            if (!staying.contains(to)) others = List.copyOf(staying);
        }
        // Before this one counts as over, so that the whole does not.
        if (others.isEmpty()) next(to);
        else others.forEach(this::next);
        synchronized (this) {
            underWay--;
        }
        endIfOver();
    }

    /// Where nothing is left, nodes that have said nothing are not waited for.
    private void endIfOver() {
        int total;
        synchronized (this) {
            if (underWay > 0 || (unheard > 0 && !left.isEmpty())) return;
            total = given;
        }
        done.complete(total);
    }
}
