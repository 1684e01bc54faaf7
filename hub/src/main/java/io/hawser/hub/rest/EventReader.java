package io.hawser.hub.rest;

import io.hawser.cluster.Position;
import io.hawser.cluster.ResyncReason;
import io.hawser.cluster.Subscriber;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicMessage;
import io.hawser.cluster.TopicPattern;
import io.hawser.http.EventSession;
import io.hawser.http.ServerSentEvent;
import io.hawser.hub.v1.EncodedOnce;
import io.hawser.hub.v1.TopicJson;
import io.hawser.session.Offer;

/// One stream of events, as a subscriber of topics.
///
/// @param softBytes from where on the stream takes no offers
record EventReader(EventSession stream, EncodedOnce<ServerSentEvent> events, long softBytes) implements Subscriber {
    private static final int ROOM_DIVISOR = 2;

    private boolean offer(ServerSentEvent event) {
        return stream.offer(event) == Offer.QUEUED;
    }

    @Override
    public boolean message(TopicMessage message) {
        return offer(events.of(message));
    }

    @Override
    public boolean gap(TopicPattern subscription, long missed) {
        return offer(
                ServerSentEvent.of(TopicJson.gap(subscription.text(), missed)).withEvent("gap"));
    }

    @Override
    public boolean resync(Topic topic, ResyncReason reason, Position head) {
        return offer(ServerSentEvent.of(TopicJson.resync(topic, reason, head))
                .withEvent("resync")
                .withId(head.toString()));
    }

    @Override
    public boolean hasRoom() {
        return stream.stats().queuedBytes() < softBytes / ROOM_DIVISOR;
    }
}
