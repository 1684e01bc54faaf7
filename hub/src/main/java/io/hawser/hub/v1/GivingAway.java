package io.hawser.hub.v1;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

/// A node that goes gives its sessions to those that stay, to each in turn, 64 at a time. One that refuses, because it
/// goes too, is not asked again.
///
/// Thread: safe from any; nothing waits.
final class GivingAway {
    private static final int AT_ONCE = 64;

    private final NodeCalls nodes;
    private final BiFunction<Peer, String, Optional<PeerState>> leave;
    private final Iterator<Peer> peers;
    private final AtomicInteger given = new AtomicInteger();
    private int turn;

    /// @param leave ends a session for a node, and gives what is left of it
    GivingAway(NodeCalls nodes, BiFunction<Peer, String, Optional<PeerState>> leave, List<Peer> peers) {
        this.nodes = nodes;
        this.leave = leave;
        this.peers = peers.iterator();
    }

    CompletableFuture<Integer> start() {
        return nodes.staying().thenCompose(this::next);
    }

    private CompletableFuture<Integer> next(List<String> staying) {
        if (staying.isEmpty() || !peers.hasNext()) return CompletableFuture.completedFuture(given.get());
        List<CompletableFuture<List<String>>> batch = new ArrayList<>();
        while (batch.size() < AT_ONCE && peers.hasNext()) {
            String to = staying.get(turn++ % staying.size());
            batch.add(give(peers.next(), to));
        }
        return CompletableFuture.allOf(batch.toArray(CompletableFuture[]::new)).thenCompose(done -> {
            List<String> left = new ArrayList<>(staying);
            for (CompletableFuture<List<String>> each : batch) left.removeAll(each.join());
            return next(left);
        });
    }

    /// @return the nodes that took nothing
    private CompletableFuture<List<String>> give(Peer peer, String to) {
        Optional<PeerState> state = leave.apply(peer, to);
        if (state.isEmpty()) return CompletableFuture.completedFuture(List.of());
        return nodes.give(to, peer.sid, state.get()).exceptionally(failure -> false).thenApply(isTaken -> {
            if (isTaken) given.incrementAndGet();
            return isTaken ? List.of() : List.of(to);
        });
    }
}
