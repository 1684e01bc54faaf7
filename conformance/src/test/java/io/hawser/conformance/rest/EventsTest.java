package io.hawser.conformance.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.cluster.TopicConfig;
import io.hawser.cluster.TopicRules;
import io.hawser.http.HttpClient;
import io.hawser.http.HttpClientConfig;
import io.hawser.http.HttpConfig;
import io.hawser.http.HttpVersion;
import io.hawser.http.Response;
import io.hawser.hub.ClusterConfig;
import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.hub.Protocols;
import io.hawser.tcp.ListenConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/// Topics as server-sent events.
@Timeout(120)
final class EventsTest {
    private Hub hub;
    private Http http;

    @BeforeEach
    void start() {
        TopicRules rules = TopicRules.defaults()
                .with("short.", TopicConfig.log().withSize(2))
                .with("live.", TopicConfig.live());
        hub = Hub.start(HubConfig.on(ListenConfig.on("127.0.0.1:0"))
                .withCluster(ClusterConfig.defaults().withTopics(rules)));
        http = new Http(hub.endpoint());
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    private void publish(String topic, int value) throws IOException {
        http.post("/api/v1/topics/" + topic, Integer.toString(value)).is(200);
    }

    private EventPeer open(String topic, String lastEventId) throws IOException {
        EventPeer peer = EventPeer.open(hub.endpoint(), topic, lastEventId);
        assertThat(peer.read().type()).isEqualTo("subscribed");
        return peer;
    }

    @Test
    void messagesComeWithTheirPositionAndAReaderThatComesBackMissesNone() throws IOException {
        EventPeer.Event last;
        try (EventPeer reader = open("room.1", "")) {
            publish("room.1", 1);
            last = reader.read();
            assertThat(last.json().path("d").asInt()).isEqualTo(1);
            assertThat(last.id())
                    .isEqualTo(last.json().path("e").asString() + ":"
                            + last.json().path("o").asLong() + ":"
                            + last.json().path("g").asString());
        }
        for (int i = 2; i <= 4; i++) publish("room.1", i);
        try (EventPeer reader = open("room.1", last.id())) {
            publish("room.1", 5);
            for (int i = 2; i <= 5; i++)
                assertThat(reader.read().json().path("d").asInt()).isEqualTo(i);
        }
    }

    @Test
    void aReaderThatHasSeenNoMessageYetRecoversFromWhereItBegan() throws IOException {
        String start;
        try (EventPeer reader = EventPeer.open(hub.endpoint(), "room.1", "")) {
            start = reader.read().id();
        }
        publish("room.1", 1);
        try (EventPeer reader = open("room.1", start)) {
            assertThat(reader.read().json().path("d").asInt()).isEqualTo(1);
        }
    }

    @Test
    void aStreamIsListedAmongTheSessionsGetsNoBroadcastAndIsDisconnected() throws IOException {
        try (EventPeer reader = open("room.1", "")) {
            JsonNode listed = http.get("/api/v1/sessions").is(200).json().path("sessions");
            assertThat(listed).hasSize(1);
            assertThat(listed.get(0).path("protocol").asString()).isEqualTo("events");
            assertThat(listed.get(0).path("subscriptions").get(0).asString()).isEqualTo("room.1");
            String sid = listed.get(0).path("sid").asString();
            JsonNode reached = http.post("/api/v1/broadcast", "\"all\"").is(200).json();
            assertThat(reached.path("n").asInt()).isZero();
            http.post("/api/v1/sessions/" + sid, "\"psst\"").is(404);
            publish("room.1", 1);
            assertThat(reader.read().json().path("d").asInt()).isEqualTo(1);
            http.ask("DELETE", "/api/v1/sessions/" + sid, "").is(204);
            assertThat(reader.read().type()).isEqualTo("end");
            http.ask("DELETE", "/api/v1/sessions/" + sid, "").is(404);
        }
    }

    @Test
    void streamsAreNoHandlersInFlightAndHaveABoundOfTheirOwn() throws Exception {
        Protocols few = Protocols.defaults().withHttp(HttpConfig.defaults().withMaxHandlers(2));
        HubConfig config = HubConfig.on(ListenConfig.on("127.0.0.1:0").withMaxConnections(3));
        HttpClientConfig overHttp2 = HttpClientConfig.defaults().withVersions(HttpVersion.HTTP_2);
        try (Hub small = Hub.start(config.withProtocols(few));
                HttpClient client = HttpClient.open(overHttp2)) {
            String at = "http://" + small.endpoint();
            List<Response> open = new ArrayList<>();
            for (int i = 1; i <= 3; i++) {
                Response stream = client.get(at + "/events?topic=t").send();
                open.add(stream);
                assertThat(stream.status()).isEqualTo(200);
                int streams = i;
                await().until(() -> new Http(small.endpoint())
                                .get("/api/v1/sessions")
                                .is(200)
                                .json()
                                .path("sessions")
                                .size()
                        == streams);
            }
            assertThat(client.get(at + "/api/v1/stats").send().status()).isEqualTo(200);
            Response tooMany = client.get(at + "/events?topic=t").send();
            assertThat(tooMany.status()).isEqualTo(503);
            assertThat(tooMany.headers().has("Retry-After")).isTrue();
            for (Response each : open) each.body().close();
        }
    }

    @Test
    void whatCannotBeRecoveredIsAResync() throws IOException {
        publish("short.1", 0);
        String at;
        try (EventPeer reader = EventPeer.open(hub.endpoint(), "short.1", "")) {
            at = reader.read().id();
        }
        for (int i = 1; i <= 4; i++) publish("short.1", i);
        try (EventPeer reader = open("short.1", at)) {
            EventPeer.Event resync = reader.read();
            assertThat(resync.type()).isEqualTo("resync");
            assertThat(resync.json().path("reason").asString()).isEqualTo("window");
            publish("short.1", 5);
            assertThat(reader.read().json().path("d").asInt()).isEqualTo(5);
        }
    }

    @Test
    void patternsAndLiveTopicsHaveNoIds() throws IOException {
        try (EventPeer reader = open("live.>", "")) {
            publish("live.a", 1);
            EventPeer.Event event = reader.read();
            assertThat(event.id()).isEmpty();
            assertThat(event.json().path("topic").asString()).isEqualTo("live.a");
        }
    }

    @Test
    void whatIsNoTopicOrPositionIs400() throws IOException {
        http.get("/events").is(400);
        http.get("/events?topic=a..b").is(400);
        http.get("/events?topic=a", "Last-Event-ID: nonsense").is(400);
    }

    @Test
    void aDrainSaysWhenToComeBackAndEndsTheStream() throws Exception {
        try (EventPeer reader = open("room.1", "")) {
            Thread draining = Thread.ofVirtual().start(() -> hub.drain(Duration.ofSeconds(30)));
            EventPeer.Event goaway = reader.read();
            assertThat(goaway.type()).isEqualTo("goaway");
            assertThat(goaway.json().path("code").asInt()).isEqualTo(4501);
            assertThat(goaway.json().path("retry").asInt()).isBetween(0, 8000);
            assertThat(reader.read().type()).isEqualTo("end");
            draining.join();
        }
    }
}
