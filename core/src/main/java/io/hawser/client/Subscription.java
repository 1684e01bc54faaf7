package io.hawser.client;

import io.hawser.cluster.Position;

/// A topic or pattern that a client follows.
///
/// Thread: safe from any.
public final class Subscription implements AutoCloseable {
    private final HubClient client;
    private final Following following;

    Subscription(HubClient client, Following following) {
        this.client = client;
        this.following = following;
    }

    /// The topic or pattern.
    public String topic() {
        return following.pattern.text();
    }

    /// Behind which message the handler, or the receiver, is: to go on from there with another client,
    /// later. [Position#NONE] where there are no positions: in a live topic, and by a pattern.
    public Position position() {
        return following.handled();
    }

    /// Waits for the next message, across reconnections; for a subscription without a handler. Resyncs and
    /// gaps are passed over and not told: who has to know of them takes a handler.
    ///
    /// @throws io.hawser.SessionClosed once the subscription or the client has closed
    /// @throws io.hawser.DeadlineExceeded at [io.hawser.Deadline#current()]
    /// @throws io.hawser.Cancelled if the thread is interrupted; the flag stays set
    /// @throws IllegalStateException if it has a handler, which gets the messages
    public TopicEvent receive() {
        return following.receive();
    }

    /// Ends it: nothing more is taken in, and what waits is still handled, or received. Tells the hub, and
    /// waits for its answer if there is a connection; what goes wrong with that does not matter, and is not
    /// thrown.
    @Override
    public void close() {
        client.unsubscribe(following);
    }
}
