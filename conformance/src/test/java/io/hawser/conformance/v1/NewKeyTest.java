package io.hawser.conformance.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Endpoint;
import io.hawser.hub.ClusterConfig;
import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.nats.NatsConfig;
import io.hawser.tcp.ListenConfig;
import io.hawser.testkit.FaultyLink;
import io.hawser.testkit.NatsServer;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import tools.jackson.databind.JsonNode;

/// Hubs without a key of their own, and a broker that has lost it.
@EnabledIf("io.hawser.testkit.NatsServer#isHere")
@Timeout(180)
final class NewKeyTest {
    private static Hub start(String node, String broker) {
        NatsConfig nats = NatsConfig.of(broker).withMaxBytes(64 << 20);
        return Hub.start(HubConfig.on(ListenConfig.on("127.0.0.1:0"))
                .withNode(node)
                .withCluster(ClusterConfig.defaults().withNats(nats)));
    }

    /// Goes on with the session of `token`, as soon as that can be had at `hub`.
    private static JsonNode awaitResumed(Hub hub, String token) throws Exception {
        JsonNode welcome = resumed(hub, token);
        for (int i = 0; i < 300 && !welcome.path("resumed").asBoolean(); i++) {
            TimeUnit.MILLISECONDS.sleep(100);
            welcome = resumed(hub, token);
        }
        return welcome;
    }

    private static JsonNode resumed(Hub hub, String token) throws Exception {
        try (Client client = Wire.WEBSOCKET_JSON.connect(hub.endpoint())) {
            return client.hello(Map.of("client", "c", "resume", token, "s", 0));
        }
    }

    @Test
    void aSessionOfBeforeGoesOnAtAHubThatStartedWithAnotherKeyAndBackAgain() throws Exception {
        try (NatsServer broker = NatsServer.start();
                FaultyLink link = FaultyLink.to(Endpoint.parse(broker.url().replace("nats://", "")), 1);
                Hub old = start("old", "nats://127.0.0.1:" + link.endpoint().port());
                Client client = Wire.WEBSOCKET_JSON.connect(old.endpoint())) {
            JsonNode before = client.greet("c");
            link.refuse(true);
            link.resetAll();
            broker.kill();
            broker.restartEmpty();
            try (Hub late = start("late", broker.url())) {
                link.refuse(false);
                JsonNode there = awaitResumed(late, before.path("resume").asString());
                assertThat(there.path("resumed").asBoolean())
                        .as(there.toString())
                        .isTrue();
                assertThat(there.path("sid")).isEqualTo(before.path("sid"));
                JsonNode back = awaitResumed(old, there.path("resume").asString());
                assertThat(back.path("resumed").asBoolean()).as(back.toString()).isTrue();
                assertThat(back.path("sid")).isEqualTo(before.path("sid"));
            }
        }
    }
}
