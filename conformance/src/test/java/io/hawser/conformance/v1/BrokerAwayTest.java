package io.hawser.conformance.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.cluster.TopicConfig;
import io.hawser.cluster.TopicRules;
import io.hawser.conformance.rest.Http;
import io.hawser.hub.ClusterConfig;
import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.nats.NatsConfig;
import io.hawser.tcp.ListenConfig;
import io.hawser.testkit.NatsServer;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// What clients of a hub are told whose broker is away.
@EnabledIf("io.hawser.testkit.NatsServer#isHere")
@Timeout(180)
final class BrokerAwayTest {
    private NatsServer broker;
    private Hub hub;

    @BeforeEach
    void start() throws Exception {
        broker = NatsServer.start();
        ClusterConfig cluster = ClusterConfig.defaults()
                .withTopics(TopicRules.defaults().with("live.", TopicConfig.live()))
                .withNats(NatsConfig.of(broker.url()).withMaxBytes(64 << 20));
        hub = Hub.start(HubConfig.on(ListenConfig.on("127.0.0.1:0")).withCluster(cluster));
    }

    @AfterEach
    void stop() throws IOException {
        hub.close();
        broker.close();
    }

    private static JsonNode recover(Client client, JsonNode at) throws IOException {
        Map<String, ?> position = Map.of(
                "e", at.path("e").asString(),
                "o", at.path("o").asLong(),
                "g", at.path("g").asString());
        return client.ask(Map.of("id", 2, "sub", Map.of("topic", "room.1", "pos", position)))
                .path("sub");
    }

    private static int pushed(Client client) throws IOException {
        JsonNode message = client.read();
        assertThat(message.has("pub")).as(message.toString()).isTrue();
        return message.path("pub").path("d").asInt();
    }

    @ParameterizedTest
    @EnumSource
    void liveTopicsGoOnHereLogsAreRefusedWithAHintReadsComeFromMemoryAndNothingIsMissedAfterwards(Wire wire)
            throws Exception {
        try (Client publisher = wire.connect(hub.endpoint());
                Client subscriber = wire.connect(hub.endpoint());
                Client late = wire.connect(hub.endpoint())) {
            publisher.greet("publisher");
            subscriber.greet("subscriber");
            late.greet("late");
            JsonNode before = subscriber.subscribe("room.1");
            publisher.publish("room.1", 1);
            assertThat(pushed(subscriber)).isEqualTo(1);

            broker.kill();
            new Http(hub.endpoint()).awaitStatus("degraded");
            JsonNode live = publisher.publish("live.1", 1);
            assertThat(live.path("local").asBoolean()).as(live.toString()).isTrue();
            JsonNode refused = publisher
                    .ask(Map.of("id", 5, "pub", Map.of("topic", "room.1", "d", 2)))
                    .path("err");
            assertThat(refused.path("code").asInt()).as(refused.toString()).isEqualTo(503);
            assertThat(refused.path("retry").asInt()).isPositive();
            Http http = new Http(hub.endpoint());
            assertThat(http.post("/api/v1/topics/room.1", "2").is(503).header("Retry-After"))
                    .isPresent();
            assertThat(http.post("/api/v1/topics/live.1", "1")
                            .is(200)
                            .json()
                            .path("local")
                            .asBoolean())
                    .isTrue();
            JsonNode recovered = recover(late, before);
            assertThat(recovered.path("recovered").asBoolean())
                    .as(recovered.toString())
                    .isTrue();
            assertThat(pushed(late)).isEqualTo(1);

            broker.restart();
            new Http(hub.endpoint()).awaitStatus("up");
            publisher.publish("room.1", 3);
            assertThat(pushed(subscriber)).isEqualTo(3);
            assertThat(pushed(late)).isEqualTo(3);
            assertThat(publisher.publish("live.1", 2).has("local")).isFalse();
        }
    }
}
