package io.hawser.hub.v1;

import io.hawser.cluster.Nodes;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// One search for the session of a token on other nodes: at the one that the token names, on from there to
/// where that one says that it has handed it, and, where the trail ends, at the one that says that it has it.
///
/// Thread: safe from any; nothing waits. Each node is asked once.
final class SessionSearch {
    /// What came of it.
    ///
    /// @param reason why there is no state, for the welcome
    record Found(Optional<PeerState> state, String reason) {}

    private final NodeCalls calls;
    private final Nodes nodes;
    private final ResumeTokens.Claim claim;
    private final Set<String> asked = new HashSet<>();

    SessionSearch(NodeCalls calls, Nodes nodes, ResumeTokens.Claim claim) {
        this.calls = calls;
        this.nodes = nodes;
        this.claim = claim;
        // Who searches does not have it.
        asked.add(nodes.name());
    }

    /// @param first where it may be
    CompletableFuture<Found> from(String first) {
        if (!asked.add(first)) return elsewhere("expired");
        if (!nodes.names().contains(first)) return elsewhere("node");
        return calls.take(first, claim)
                .handle((taken, failure) -> failure == null ? answered(taken) : elsewhere("node"))
                .thenCompose(found -> found);
    }

    private CompletableFuture<Found> answered(NodeCalls.Taken taken) {
        if (taken.state().isPresent()) return CompletableFuture.completedFuture(new Found(taken.state(), ""));
        return taken.movedTo().map(this::from).orElseGet(() -> elsewhere("expired"));
    }

    private CompletableFuture<Found> elsewhere(String reason) {
        Optional<String> other =
                calls.nodesOf(claim.sid()).filter(node -> !asked.contains(node)).findFirst();
        return other.map(this::from)
                .orElseGet(() -> CompletableFuture.completedFuture(new Found(Optional.empty(), reason)));
    }
}
