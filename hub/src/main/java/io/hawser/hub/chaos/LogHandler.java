package io.hawser.hub.chaos;

import io.hawser.client.TopicEvent;
import io.hawser.client.TopicHandler;
import io.hawser.cluster.Position;
import io.hawser.cluster.ResyncReason;
import java.util.function.LongConsumer;
import tools.jackson.databind.JsonNode;

/// Holds what the client of an application gets of a log against what must come.
///
/// @param nanos is told how long each message took from when it was published
record LogHandler(Followed followed, LongConsumer nanos) implements TopicHandler {
    @Override
    public void message(TopicEvent event) {
        JsonNode said = event.data().as(JsonNode.class);
        long at = said.path("at").asLong();
        nanos.accept(System.nanoTime() - at);
        followed.message(
                event.position().offset(),
                event.position().tag(),
                said.path("n").asLong(),
                at);
    }

    @Override
    public void resync(String topic, ResyncReason reason, Position head) {
        followed.resync(head);
    }
}
