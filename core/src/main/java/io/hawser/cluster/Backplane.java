package io.hawser.cluster;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// What carries topics between nodes and keeps their history; it knows no session.
///
/// Shape: unlike elsewhere in Hawser, what may take time gives a future, because an event loop calls it.
///
/// Thread: safe from any; no call waits. Publishing never waits for a listener that another thread is in, but
/// may call the listeners itself, on the thread that publishes, for messages of others too.
public interface Backplane extends AutoCloseable {
    /// What is kept of which topic.
    TopicRules rules();

    /// Publishes. What one thread publishes to one topic keeps its order.
    ///
    /// Errors: the future fails with [io.hawser.Rejected], and when to try again, if a log cannot be
    /// written now; with [io.hawser.ConnectionLost], processed MAYBE, if it is not known whether it
    /// was: trying again with the same `mid` is safe; with [io.hawser.LimitExceeded] if the payload is
    /// larger than can be carried.
    CompletableFuture<Published> publish(Publication publication);

    /// Lets `listener` hear of every message from now on.
    Registration listen(BackplaneListener listener);

    /// What came after `after`, the first `limit` of it; without a position, the last `limit` messages.
    ///
    /// A message that a listener was told of is seen by every call that is made after.
    ///
    /// Errors: the future fails with [io.hawser.Rejected] if it cannot be known now.
    ///
    /// @throws IllegalArgumentException if the topic is a live one, which has no history
    CompletableFuture<History> history(Topic topic, Optional<Position> after, int limit);

    /// The logs that this node remembers messages of, by name: those behind `after`, the first `limit`
    /// of them.
    ///
    /// Thread: waits where another process remembers them, within its [io.hawser.Deadline].
    ///
    /// Errors: [io.hawser.ConnectionLost] and the like from there.
    List<Topic> topics(String after, int limit);

    /// Who is where.
    Presence presence();

    /// The nodes of the cluster.
    Nodes nodes();

    /// Whether the others can be reached.
    BackplaneStatus status();

    /// Stops; what is under way fails: a publication to a log with [io.hawser.ConnectionLost] where it may have
    /// been written, all else with [io.hawser.Rejected]. Closing twice does nothing.
    @Override
    void close();
}
