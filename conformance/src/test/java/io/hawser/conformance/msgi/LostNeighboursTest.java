package io.hawser.conformance.msgi;

import static io.hawser.conformance.msgi.MsgiPeer.CONTROL;
import static io.hawser.conformance.msgi.MsgiPeer.cbor;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Endpoint;
import io.hawser.hub.ClusterConfig;
import io.hawser.hub.Hub;
import io.hawser.nats.NatsConfig;
import io.hawser.testkit.NatsServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/// A hub whose neighbour is killed, or whose broker stands still.
@EnabledIf("io.hawser.testkit.NatsServer#isHere")
@Timeout(180)
final class LostNeighboursTest {
    private static final int TRIES = 6000;

    private NatsServer broker;
    private Hub hub;

    @BeforeEach
    void start() throws Exception {
        broker = NatsServer.start();
        ClusterConfig cluster =
                ClusterConfig.defaults().withNats(NatsConfig.of(broker.url()).withMaxBytes(64 << 20));
        hub = Hub.start(Hubs.echo().withNode("one").withCluster(cluster));
    }

    @AfterEach
    void stop() throws Exception {
        hub.close();
        broker.close();
    }

    private static int present(MsgiPeer peer) throws Exception {
        peer.write(cbor(CONTROL, Map.of("id", 7, "who", Map.of("topic", "room.1"))));
        return peer.readMap(CONTROL).path("who").path("sessions").size();
    }

    private static void awaitPresent(MsgiPeer peer, int count) throws Exception {
        for (int i = 0; i < TRIES && present(peer) != count; i++) TimeUnit.MILLISECONDS.sleep(10);
        assertThat(present(peer)).isEqualTo(count);
    }

    @Test
    void theSessionsOfAHubThatWasKilledAreGoneFromEveryList() throws Exception {
        try (ServeProcess killed = ServeProcess.start("--port", "0", "--node", "two", "--nats", broker.url());
                MsgiPeer alice = MsgiPeer.connect(hub.endpoint())) {
            alice.greet("alice");
            Endpoint two = ServeProcess.endpoint(killed.readyLine());
            try (MsgiPeer bob = MsgiPeer.connect(two)) {
                bob.greet("bob");
                bob.write(cbor(CONTROL, Map.of("id", 2, "sub", Map.of("topic", "room.1"))));
                assertThat(bob.readMap(CONTROL).has("sub")).isTrue();
                awaitPresent(alice, 1);
                killed.process().destroyForcibly().waitFor();
                awaitPresent(alice, 0);
            }
        }
    }

    private HttpResponse<String> ready(HttpClient client) throws Exception {
        URI uri = URI.create("http://" + hub.endpoint() + "/health/ready");
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    private void awaitStatus(HttpClient client, String status) throws Exception {
        String expected = "\"status\":\"" + status + "\"";
        for (int i = 0; i < TRIES && !ready(client).body().contains(expected); i++) TimeUnit.MILLISECONDS.sleep(10);
        HttpResponse<String> answer = ready(client);
        assertThat(answer.body()).contains(expected);
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void aHubWhoseBrokerStandsStillServesOnAndSaysThatItIsDegraded() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient();
                MsgiPeer alice = MsgiPeer.connect(hub.endpoint())) {
            alice.greet("alice");
            awaitStatus(client, "up");
            broker.pause();
            awaitStatus(client, "degraded");
            alice.write(cbor(CONTROL, Map.of("id", 3, "sub", Map.of("topic", "live.1"))));
            assertThat(alice.readMap(CONTROL).path("id").asInt())
                    .as("it answers")
                    .isEqualTo(3);
            broker.goOn();
            awaitStatus(client, "up");
        }
    }
}
