package io.hawser.hub.chaos;

import io.hawser.client.HubClient;
import io.hawser.client.HubClientConfig;
import io.hawser.client.TopicEvent;
import io.hawser.client.TopicHandler;
import io.hawser.cluster.Position;
import io.hawser.cluster.ResyncReason;
import io.hawser.tcp.ConnectConfig;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/// The client of a hub that applications use, which follows one log and holds what it gets against what must come.
///
/// Thread: safe from any.
final class StormClient implements TopicHandler, AutoCloseable {
    /// All of them share the processor, with each other and with the hub.
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HubClient hub;
    private final String topic;
    private final Followed followed;

    private StormClient(HubClient hub, String topic, Tally tally) {
        this.hub = hub;
        this.topic = topic;
        this.followed = new Followed(tally);
    }

    /// Connects, and follows from now on; nobody publishes meanwhile.
    static StormClient connect(String uri, String topic, Tally tally) {
        ConnectConfig connect = ConnectConfig.defaults().withTimeout(PATIENCE);
        HubClient hub = HubClient.connect(HubClientConfig.to(uri).withConnect(connect));
        StormClient client = new StormClient(hub, topic, tally);
        client.followed.begins(client.hub.subscribe(topic, client).position());
        return client;
    }

    @Override
    public void message(TopicEvent event) {
        JsonNode said = event.data().as(JsonNode.class);
        followed.message(
                event.position().offset(),
                event.position().tag(),
                said.path("n").asLong(),
                said.path("at").asLong());
    }

    @Override
    public void resync(String of, ResyncReason reason, Position head) {
        followed.resync(head);
    }

    String topic() {
        return topic;
    }

    /// Whether it has a connection, and all up to `number` has come or is covered by a resync.
    boolean hasReached(long number) {
        return hub.isConnected() && followed.hasReached(number);
    }

    @Override
    public void close() {
        hub.close();
    }
}
