package io.hawser.internal.topic;

import io.hawser.cluster.Publication;
import io.hawser.cluster.Published;
import io.hawser.cluster.Topic;
import java.util.concurrent.CompletableFuture;

/// What keeps the logs of a cluster, as one node reaches it.
///
/// Thread: safe from any; nothing waits.
public interface LogBroker {
    /// Whether it can be reached, as far as is known.
    boolean isConnected();

    /// Appends a message, unless one with its `mid` is there.
    ///
    /// Errors: as [io.hawser.cluster.Backplane#publish].
    CompletableFuture<Published> append(Publication publication, String tag);

    /// Reads all that is kept of a topic.
    ///
    /// Errors: the future fails with [io.hawser.Rejected] if it cannot.
    CompletableFuture<LoadedTopic> load(Topic topic);

    /// What it keeps may be of another life than this node believes: it is looked into soon.
    void doubted();
}
