package io.hawser.conformance.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.cluster.TopicConfig;
import io.hawser.cluster.TopicRules;
import io.hawser.hub.ClusterConfig;
import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.tcp.ListenConfig;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// A message that alone fills the queue of a session is no reason to take its reader for a slow one: what the
/// hub has to say behind it is said.
@Timeout(120)
final class LongMessageTest {
    /// The last just below 1 MiB, with what the notations and the hub add to it.
    private static final int[] LENGTHS = {300_000, 700_000, 1_046_000};

    @ParameterizedTest
    @EnumSource(Wire.class)
    void whoFollowsWhatHePublishesGetsItAndTheAnswer(Wire wire) throws IOException {
        ClusterConfig topics =
                ClusterConfig.defaults().withTopics(TopicRules.defaults().with("live.", TopicConfig.live()));
        try (Hub hub = Hub.start(HubConfig.on(ListenConfig.on("127.0.0.1:0")).withCluster(topics));
                Client client = wire.connect(hub.endpoint())) {
            client.greet("c");
            for (String topic : new String[] {"room.1", "live.1"}) {
                client.subscribe(topic);
                for (int length : LENGTHS) {
                    String text = "x".repeat(length);
                    client.say(Map.of("id", 7, "pub", Map.of("topic", topic, "d", text)));
                    client.say(Map.of("id", 8, "who", Map.of("topic", topic)));
                    boolean isPublished = false;
                    boolean isAnswered = false;
                    boolean isNext = false;
                    while (!isPublished || !isAnswered || !isNext) {
                        JsonNode next = client.read();
                        assertThat(next.has("err") || next.has("gap"))
                                .as(next.toString())
                                .isFalse();
                        isAnswered |= next.path("id").asInt() == 7;
                        isNext |= next.path("id").asInt() == 8;
                        isPublished |= next.at("/pub/d").asString("").equals(text);
                    }
                }
            }
        }
    }
}
