package io.hawser.internal.topic;

import io.hawser.Bytes;
import io.hawser.TimeSource;
import io.hawser.cluster.Position;
import io.hawser.cluster.Publication;
import io.hawser.cluster.Published;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicMessage;
import java.util.Optional;

/// Live topics as one node hears them: what it publishes itself and what the others tell it, each message once, to
/// all listeners in one order.
///
/// Thread: safe from any.
public final class LiveTopics {
    private static final Published NOWHERE = Published.at(Position.NONE);

    private final TimeSource time;
    private final Mids mids;
    private final Lanes lanes;

    public LiveTopics(int maxMids, TimeSource time, Listeners listeners) {
        this.time = time;
        this.mids = new Mids(maxMids, time);
        this.lanes = new Lanes(listeners);
    }

    /// Hands out a message, unless one with its `mid` was.
    ///
    /// @param mid made of topic, principal and the publisher's `mid`; empty for none
    /// @throws io.hawser.Rejected if too much waits to be handed out
    public Published publish(Topic topic, Bytes payload, String mid) {
        return lanes.of(topic).publish(() -> {
            Publication known = new Publication(topic, Bytes.EMPTY, "", mid);
            Optional<Published> earlier = mids.find(known);
            if (earlier.isPresent()) return new Lane.Made<>(earlier.get(), null);
            mids.add(known, NOWHERE);
            return new Lane.Made<>(NOWHERE, new TopicMessage(topic, Position.NONE, payload, time.now()));
        });
    }
}
