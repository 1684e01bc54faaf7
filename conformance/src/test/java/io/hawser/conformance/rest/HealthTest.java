package io.hawser.conformance.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.hub.ClusterConfig;
import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.nats.NatsConfig;
import io.hawser.tcp.ListenConfig;
import io.hawser.testkit.NatsServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/// What a load balancer is told while the broker is away.
@EnabledIf("io.hawser.testkit.NatsServer#isHere")
@Timeout(180)
final class HealthTest {
    @Test
    void aHubWithoutItsBrokerIsDegradedAndServesAndIsUpAgainWithIt() throws Exception {
        try (NatsServer broker = NatsServer.start()) {
            ClusterConfig cluster = ClusterConfig.defaults()
                    .withNats(NatsConfig.of(broker.url()).withMaxBytes(64 << 20));
            HubConfig config = HubConfig.on(ListenConfig.on("127.0.0.1:0")).withCluster(cluster);
            try (Hub hub = Hub.start(config)) {
                Http http = new Http(hub.endpoint());
                http.awaitStatus("up");
                broker.kill();
                http.awaitStatus("degraded");
                assertThat(http.get("/metrics").is(200).body()).contains("hawser_backplane_connected 0");
                assertThat(http.get("/plaintext").is(200).body()).isEqualTo("Hello, World!");
                broker.restart();
                http.awaitStatus("up");
            }
        }
    }
}
