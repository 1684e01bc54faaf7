package io.hawser.hub.v1;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/// A node that goes gives its sessions to those that stay: each that says so gets one after another, 64 at a
/// time, and none waits for a node that says nothing.
///
/// Thread: safe from any; nothing waits.
///
/// Lock: this monitor guards all fields that change; nothing is asked while it is held.
final class GivingAway {
    private static final int AT_ONCE = 64;

    private final NodeCalls nodes;
    private final BiFunction<Peer, String, Optional<PeerState>> leave;
    private final ArrayDeque<Peer> left;
    private final CompletableFuture<Integer> done = new CompletableFuture<>();
    private int unheard;
    private int underWay;
    private int given;

    /// @param leave ends a session for a node, and gives what is left of it
    GivingAway(NodeCalls nodes, BiFunction<Peer, String, Optional<PeerState>> leave, Collection<Peer> peers) {
        this.nodes = nodes;
        this.leave = leave;
        this.left = new ArrayDeque<>(peers);
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
                if (failure == null && stays) for (int i = 0; i < AT_ONCE; i++) next(node);
                synchronized (this) {
                    unheard--;
                }
                endIfOver();
            });
        }
        return done;
    }

    private void next(String to) {
        Peer peer;
        synchronized (this) {
            peer = left.pollFirst();
            if (peer == null) return;
            underWay++;
        }
        Optional<PeerState> state = leave.apply(peer, to);
        CompletableFuture<Boolean> taken =
                state.isEmpty() ? CompletableFuture.completedFuture(false) : nodes.give(to, peer.sid, state.get());
        var _ = taken.whenComplete((isTaken, failure) -> {
            boolean isGiven = failure == null && isTaken;
            if (isGiven || state.isEmpty()) next(to);
            synchronized (this) {
                if (isGiven) given++;
                underWay--;
            }
            endIfOver();
        });
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
