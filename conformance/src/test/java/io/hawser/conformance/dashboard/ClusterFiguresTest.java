package io.hawser.conformance.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Deadline;
import io.hawser.hub.ClusterConfig;
import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.nats.NatsConfig;
import io.hawser.tcp.ListenConfig;
import io.hawser.testkit.NatsServer;
import io.hawser.websocket.WebSocket;
import io.hawser.websocket.WebSocketClientConfig;
import io.hawser.websocket.WebSocketConfig;
import io.hawser.websocket.WebSockets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The figures of every node, seen from one.
@EnabledIf("io.hawser.testkit.NatsServer#isHere")
@Timeout(180)
final class ClusterFiguresTest {
    private static final JsonMapper JSON = new JsonMapper();

    private static Hub hub(String node, NatsServer broker) {
        ClusterConfig cluster =
                ClusterConfig.defaults().withNats(NatsConfig.of(broker.url()).withMaxBytes(64 << 20));
        return Hub.start(
                HubConfig.on(ListenConfig.on("127.0.0.1:0")).withNode(node).withCluster(cluster));
    }

    @Test
    void whoLooksAtOneNodeSeesAllOfThem() throws Exception {
        try (NatsServer broker = NatsServer.start();
                Hub one = hub("one", broker);
                Hub two = hub("two", broker);
                WebSocket viewer = WebSockets.connect(WebSocketClientConfig.to("ws://" + one.endpoint() + "/ws")
                        .withWebSocket(WebSocketConfig.defaults().withSubprotocols("hawser.v1.json")))) {
            assertThat(two.node()).isEqualTo("two");
            var _ = viewer.send("{\"id\":1,\"hello\":{\"client\":\"viewer\"}}");
            var _ = viewer.send("{\"id\":2,\"sub\":{\"topic\":\"$hub.stats\"}}");
            Set<String> seen = new HashSet<>();
            Deadline.within(Duration.ofSeconds(60), () -> {
                while (seen.size() < 2) {
                    JsonNode pub = JSON.readTree(viewer.receive().text()).path("pub");
                    if (!pub.has("d")) continue;
                    assertThat(pub.at("/d/protocols").isArray()).isTrue();
                    seen.add(pub.at("/d/node").asString());
                }
                return seen;
            });
            assertThat(seen).containsExactlyInAnyOrder("one", "two");
        }
    }
}
