package io.hawser.hub.chaos;

import io.hawser.client.TopicEvent;
import io.hawser.client.TopicHandler;
import java.util.function.LongConsumer;
import tools.jackson.databind.JsonNode;

/// Holds what the client of an application gets of a live topic against what must come.
///
/// @param nanos is told how long each message took from when it was published
record LiveHandler(LiveFollowed followed, LongConsumer nanos) implements TopicHandler {
    @Override
    public void message(TopicEvent event) {
        JsonNode said = event.data().as(JsonNode.class);
        nanos.accept(System.nanoTime() - said.path("at").asLong());
        followed.message(said.path("n").asLong());
    }

    @Override
    public void gap(long missed) {
        followed.gap(missed);
    }
}
