package io.hawser.cluster;

import io.hawser.Bytes;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// The nodes of a cluster, and what they tell each other.
///
/// Thread: safe from any; nothing waits.
public interface Nodes {
    /// The name of this one.
    String name();

    /// The names of all that live, this one's too.
    Set<String> names();

    /// Asks a node, this one perhaps.
    ///
    /// Errors: the future fails with [io.hawser.Rejected] if there is no such node, it answers nothing, its
    /// handler fails, or the broker cannot be reached; with [io.hawser.DeadlineExceeded], processed MAYBE, if
    /// the answer of another node takes more than 5 s; with [io.hawser.LimitExceeded] if the request is larger
    /// than can be carried. What the handler of this very node fails with comes as it is.
    CompletableFuture<Bytes> ask(String node, Bytes request);

    /// Answers by `handler` what this node is asked.
    ///
    /// @throws IllegalStateException if another handler does
    Registration answer(NodeHandler handler);
}
