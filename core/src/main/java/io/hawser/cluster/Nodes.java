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
    /// Errors: the future fails with [io.hawser.Rejected] if there is no such node or it answers nothing, and with
    /// [io.hawser.DeadlineExceeded] if the answer takes more than 5 s.
    CompletableFuture<Bytes> ask(String node, Bytes request);

    /// Answers by `handler` what this node is asked.
    ///
    /// @throws IllegalStateException if another handler does
    Registration answer(NodeHandler handler);
}
