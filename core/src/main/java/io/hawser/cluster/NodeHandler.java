package io.hawser.cluster;

import io.hawser.Bytes;
import java.util.concurrent.CompletableFuture;

/// Answers what other nodes ask.
@FunctionalInterface
public interface NodeHandler {
    /// Thread: must not block.
    ///
    /// @param from the name of the node that asks, proved by the cluster's key
    CompletableFuture<Bytes> answer(String from, Bytes request);
}
