package io.hawser.conformance.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.Endpoint;
import io.hawser.http.UpstreamConfig;
import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.hub.UpstreamSite;
import io.hawser.tcp.ListenConfig;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Servers and clients of others with a hub between them: 16 MiB messages, fragments, compression, pings and closes
/// go through as if it were not there.
@Timeout(300)
class ForeignGatewayTest {
    @ParameterizedTest
    @EnumSource
    void theirClientsFindNoFaultWithTheirServersThroughAHub(ForeignPeer foreign) throws Exception {
        Process server = foreign.start("server");
        try (BufferedReader said = server.inputReader()) {
            Endpoint behind = Endpoint.of("127.0.0.1", Integer.parseInt(said.readLine()));
            UpstreamSite site = UpstreamSite.at("/chat", List.of(behind), UpstreamConfig.named("echo"));
            HubConfig config = HubConfig.on(ListenConfig.on("127.0.0.1:0")).withUpstreams(site);
            try (Hub hub = Hub.start(config)) {
                Process client = foreign.start("client", "ws://" + hub.endpoint() + "/chat/room");
                String output = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(client.waitFor(60, TimeUnit.SECONDS)).isTrue();
                assertThat(output).isEqualToIgnoringNewLines("ok");
                // Two connections of seven messages each, and their handshakes.
                await().atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThat(hub.figures())
                                .containsEntry("messages_received_total", 16L)
                                .containsEntry("messages_sent_total", 16L));
            }
        } finally {
            server.getOutputStream().close();
            assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }
}
