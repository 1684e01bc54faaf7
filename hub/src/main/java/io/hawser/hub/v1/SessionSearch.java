package io.hawser.hub.v1;

import io.hawser.HawserException;
import io.hawser.HawserException.Processed;
import io.hawser.cluster.Nodes;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/// One search for the session of a token on other nodes: at the one where it went from here or that the token
/// names, on from there to where that one says that it has handed it, and, where the trail ends, at those
/// that may have it besides.
///
/// A node whose answer is lost is asked once more: it still has what it has given.
///
/// Thread: safe from any; nothing waits. Each node is asked once, or twice as above.
final class SessionSearch {
    /// What came of it.
    ///
    /// @param node that has given it
    /// @param reason why there is no state, for the welcome
    record Found(Optional<PeerState> state, String node, String reason) {}

    private final NodeCalls calls;
    private final Nodes nodes;
    private final ResumeTokens.Claim claim;
    private final Set<String> asked = new HashSet<>();
    private volatile String asking = "";

    SessionSearch(NodeCalls calls, Nodes nodes, ResumeTokens.Claim claim) {
        this.calls = calls;
        this.nodes = nodes;
        this.claim = claim;
        // Who searches does not have it.
        asked.add(nodes.name());
    }

    /// Whether it waits for the answer of that node.
    boolean isAsking(String node) {
        return asking.equals(node);
    }

    /// @param first where it may be
    CompletableFuture<Found> from(String first) {
        if (!asked.add(first)) return elsewhere("expired");
        if (!nodes.names().contains(first)) return elsewhere("node");
        asking = first;
        return calls.take(first, claim)
                .exceptionallyCompose(
                        failure -> isLost(failure) ? calls.take(first, claim) : CompletableFuture.failedFuture(failure))
                .handle((taken, failure) -> failure == null ? answered(first, taken) : elsewhere("node"))
                .thenCompose(found -> found);
    }

    private static boolean isLost(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof HawserException known && known.processed() == Processed.MAYBE;
    }

    private CompletableFuture<Found> answered(String by, NodeCalls.Taken taken) {
        if (taken.state().isPresent()) return CompletableFuture.completedFuture(new Found(taken.state(), by, ""));
        return taken.movedTo().map(this::from).orElseGet(() -> elsewhere("expired"));
    }

    private CompletableFuture<Found> elsewhere(String reason) {
        Optional<String> other = Stream.concat(Stream.of(claim.node()), calls.nodesOf(claim.sid()))
                .filter(node -> !asked.contains(node))
                .findFirst();
        return other.map(this::from)
                .orElseGet(() -> CompletableFuture.completedFuture(new Found(Optional.empty(), "", reason)));
    }
}
