package io.hawser.conformance.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.cluster.TopicConfig;
import io.hawser.cluster.TopicRules;
import io.hawser.conformance.v1.Client;
import io.hawser.conformance.v1.Wire;
import io.hawser.hub.ClusterConfig;
import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.hub.access.AccessConfig;
import io.hawser.nats.NatsConfig;
import io.hawser.tcp.ListenConfig;
import io.hawser.testkit.NatsServer;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import tools.jackson.databind.JsonNode;

/// What others who use the hub's broker publish to its subjects.
@EnabledIf("io.hawser.testkit.NatsServer#isHere")
@Timeout(180)
final class ForeignMessagesTest {
    /// Nothing; text; JSON; CBOR that is no map, of another shape, cut short, too deep; one pair more than
    /// there are.
    private static final List<byte[]> NO_PAYLOADS = List.of(
            new byte[0],
            "hi".getBytes(StandardCharsets.UTF_8),
            "{\"from\":{},\"d\":1}".getBytes(StandardCharsets.UTF_8),
            bytes(0xa2),
            bytes(0xa2, 0x61, 'd', 1, 0x61, 'd', 1),
            bytes(0xa2, 0x64, 'f', 'r', 'o', 'm', 0xa0, 0x61, 'd'),
            bytes(0xa2, 0x64, 'f', 'r', 'o', 'm', 0xa0, 0x61, 'd', 0xa1, 1, 2),
            bytes(0xa2, 0x64, 'f', 'r', 'o', 'm', 0xa0, 0x61, 'd', 1, 1),
            deep());

    private NatsServer broker;
    private Hub hub;
    private Http http;
    private Connection stranger;
    private final List<AutoCloseable> started = new ArrayList<>();

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) bytes[i] = (byte) values[i];
        return bytes;
    }

    private static byte[] deep() {
        int[] values = new int[9 + 40];
        int[] head = {0xa2, 0x64, 'f', 'r', 'o', 'm', 0xa0, 0x61, 'd'};
        for (int i = 0; i < values.length; i++) values[i] = i < head.length ? head[i] : 0x81;
        values[values.length - 1] = 1;
        return bytes(values);
    }

    @BeforeEach
    void start() throws Exception {
        broker = NatsServer.start();
        started.add(broker);
        hub = Hub.start(HubConfig.on(ListenConfig.on("127.0.0.1:0")).withCluster(cluster()));
        started.add(hub);
        http = new Http(hub.endpoint());
        stranger = Nats.connect(broker.url());
        started.add(stranger);
    }

    private ClusterConfig cluster() {
        return ClusterConfig.defaults()
                .withTopics(TopicRules.defaults().with("live.", TopicConfig.live()))
                .withNats(NatsConfig.of(broker.url()).withMaxBytes(64 << 20));
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : started.reversed()) each.close();
    }

    private void publishForeign() throws Exception {
        for (String subject : List.of("=", "=ZZ", "room=2E1", "=24hub.failures", "x".repeat(300))) {
            stranger.publish("hawser.log." + subject, "hi".getBytes(StandardCharsets.UTF_8));
            stranger.publish("hawser.live." + subject, "hi".getBytes(StandardCharsets.UTF_8));
        }
        for (byte[] payload : NO_PAYLOADS) {
            for (String subject :
                    List.of("log.room.1", "live.room.1", "live.live.1", "log.=24hub.stats", "live.=24hub.stats")) {
                stranger.publish("hawser." + subject, payload);
            }
        }
        stranger.flush(Duration.ofSeconds(30));
    }

    private static JsonNode pushed(Client client) throws IOException {
        JsonNode message = client.read();
        assertThat(message.has("pub")).as(message.toString()).isTrue();
        return message.path("pub");
    }

    private static JsonNode message(EventPeer events) throws IOException {
        return message(events.read());
    }

    /// The next message of a live topic. That some may be missing is told at most once before it.
    private static JsonNode liveMessage(EventPeer events) throws IOException {
        EventPeer.Event event = events.read();
        if (event.type().equals("gap")) event = events.read();
        return message(event);
    }

    private static JsonNode message(EventPeer.Event event) {
        assertThat(event.type()).as(event.data()).isEmpty();
        return event.json();
    }

    @Test
    void followersOfEveryWireGetWhatComesAfterItAndNothingElse() throws Exception {
        List<Client> clients = new ArrayList<>();
        try (EventPeer events = EventPeer.open(hub.endpoint(), "room.1", "");
                EventPeer liveEvents = EventPeer.open(hub.endpoint(), "live.1", "")) {
            assertThat(events.read().type()).isEqualTo("subscribed");
            assertThat(liveEvents.read().type()).isEqualTo("subscribed");
            for (Wire wire : Wire.values()) {
                Client client = wire.connect(hub.endpoint());
                clients.add(client);
                client.greet("c");
                client.subscribe("room.1");
                client.subscribe("live.1");
                client.subscribe("$hub.stats");
            }
            for (int i = 1; i <= 3; i++) {
                publishForeign();
                for (String topic : List.of("room.1", "live.1")) {
                    http.post("/api/v1/topics/" + topic, Integer.toString(i)).is(200);
                    for (Client client : clients) {
                        JsonNode pub = pushed(client);
                        while (pub.path("topic").asString().equals("$hub.stats")) {
                            assertThat(pub.at("/d/node").isMissingNode())
                                    .as(pub.toString())
                                    .isFalse();
                            pub = pushed(client);
                        }
                        assertThat(pub.path("topic").asString()).isEqualTo(topic);
                        assertThat(pub.path("d").asInt()).isEqualTo(i);
                    }
                }
                assertThat(message(events).path("d").asInt()).isEqualTo(i);
                assertThat(liveMessage(liveEvents).path("d").asInt()).isEqualTo(i);
            }
            JsonNode kept = http.get("/api/v1/topics/room.1").is(200).json();
            assertThat(kept.path("messages").size()).as(kept.toString()).isEqualTo(3);
        } finally {
            for (Client client : clients) client.close();
        }
    }

    @Test
    void anAdministratorIsNotKeptOutByWhoSaysThatHisAddressHasGuessed() throws Exception {
        AccessConfig withToken = AccessConfig.defaults().withAdminToken("correct horse battery staple");
        try (Hub guarded = Hub.start(HubConfig.on(ListenConfig.on("127.0.0.1:0"))
                        .withNode("guarded")
                        .withAccess(withToken)
                        .withCluster(cluster()));
                EventPeer live = EventPeer.open(guarded.endpoint(), "live.1", "");
                EventPeer log = EventPeer.open(guarded.endpoint(), "room.1", "")) {
            assertThat(live.read().type()).isEqualTo("subscribed");
            assertThat(log.read().type()).isEqualTo("subscribed");
            for (int i = 0; i < 100; i++) {
                for (String said : List.of("x\n127.0.0.1", "\u00a2dfrom\u00a0adkx\n127.0.0.1")) {
                    stranger.publish("hawser.live.=24hub.failures", said.getBytes(StandardCharsets.ISO_8859_1));
                    stranger.publish("hawser.log.=24hub.failures", said.getBytes(StandardCharsets.ISO_8859_1));
                }
            }
            // Behind it, on either way.
            for (String way : List.of("live.live.1", "log.room.1")) {
                stranger.publish("hawser." + way, bytes(0xa2, 0x64, 'f', 'r', 'o', 'm', 0xa0, 0x61, 'd', 1));
            }
            assertThat(liveMessage(live).path("d").asInt()).isEqualTo(1);
            assertThat(message(log).path("d").asInt()).isEqualTo(1);
            new Http(guarded.endpoint())
                    .get("/api/v1/stats", "Authorization: Bearer correct horse battery staple")
                    .is(200);
        }
    }

    @Test
    void anAdministratorWhoFollowsTheHubsOwnMarksGetsThem() throws Exception {
        for (Wire wire : Wire.values()) {
            try (Client client = wire.connect(hub.endpoint())) {
                client.greet("c");
                JsonNode answer = client.ask(Map.of(
                        "id", 2, "sub", Map.of("topic", "$hawser.mark", "pos", Map.of("e", "other", "o", 0, "g", ""))));
                assertThat(answer.has("sub")).as(answer.toString()).isTrue();
            }
        }
        JsonNode kept = http.get("/api/v1/topics/$hawser.mark").is(200).json();
        assertThat(kept.path("messages").size()).isPositive();
    }
}
