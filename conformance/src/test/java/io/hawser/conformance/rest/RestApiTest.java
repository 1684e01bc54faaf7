package io.hawser.conformance.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.conformance.v1.Client;
import io.hawser.conformance.v1.Wire;
import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.tcp.ListenConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// `/api/v1`, as PROTOCOL.md says.
@Timeout(120)
final class RestApiTest {
    private Hub hub;
    private Http http;

    @BeforeEach
    void start() {
        hub = Hub.start(HubConfig.on(ListenConfig.on("127.0.0.1:0")));
        http = new Http(hub.endpoint());
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void everyAnswerToAnAdministratorHasTheIdOfItsRequest() throws IOException {
        List<String> ids = new ArrayList<>();
        for (String path :
                List.of("/metrics", "/api/v1/stats", "/api/v1/alerts", "/api/v1/upstreams", "/api/v1/no-such")) {
            ids.add(http.get(path).header("X-Request-Id").orElse(""));
        }
        ids.add(http.post("/login", "{}").header("X-Request-Id").orElse(""));
        assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.length() == 16);
    }

    @Test
    void whatIsPublishedReachesSubscribersAndTheHistory() throws IOException {
        try (Client client = Wire.WEBSOCKET_JSON.connect(hub.endpoint())) {
            client.greet("c");
            client.subscribe("room.42");
            JsonNode answer = http.post("/api/v1/topics/room.42", "{\"text\":\"hi\"}")
                    .is(200)
                    .json();
            assertThat(answer.propertyNames()).containsExactly("topic", "e", "o", "g");
            JsonNode push = client.read().path("pub");
            assertThat(push.path("d").toString()).isEqualTo("{\"text\":\"hi\"}");
            assertThat(push.path("o")).isEqualTo(answer.path("o"));
            http.ask("POST", "/api/v1/topics/room.42", "raw", "Content-Type: application/octet-stream")
                    .is(200);
            assertThat(client.read().path("pub").path("b").binaryValue()).isEqualTo("raw".getBytes(UTF_8));
            JsonNode history = http.get("/api/v1/topics/room.42").is(200).json();
            assertThat(history.path("messages")).hasSize(2);
            assertThat(history.path("messages").get(0).path("g")).isEqualTo(answer.path("g"));
            assertThat(history.path("messages").get(1).path("b").asString()).isEqualTo("cmF3");
        }
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    void whatIsNestedTooDeeplyForSubscribersIsRefusedAndWhatIsNotReachesThem(Wire wire) throws IOException {
        try (Client client = wire.connect(hub.endpoint())) {
            client.greet("c");
            client.subscribe("room.42");
            http.post("/api/v1/topics/room.42", "[".repeat(31) + "]".repeat(31)).is(413);
            http.post("/api/v1/topics/room.42", "[".repeat(30) + "]".repeat(30)).is(200);
            assertThat(client.read().path("pub").path("d").toString()).isEqualTo("[".repeat(30) + "]".repeat(30));
            http.get("/api/v1/topics/room.42").is(200);
        }
    }

    @Test
    void aHistoryIsReadInPagesFromAPosition() throws IOException {
        String at = "";
        for (int i = 0; i < 10; i++) {
            JsonNode answer =
                    http.post("/api/v1/topics/t", Integer.toString(i)).is(200).json();
            if (i == 0) at = position(answer);
        }
        List<Integer> read = new ArrayList<>();
        for (int pages = 0; !at.isEmpty(); pages++) {
            assertThat(pages).isLessThan(5);
            JsonNode page =
                    http.get("/api/v1/topics/t?limit=4&after=" + at).is(200).json();
            assertThat(page.path("recovered").asBoolean()).isTrue();
            page.path("messages").forEach(message -> read.add(message.path("d").asInt()));
            at = page.path("next").asString("");
        }
        assertThat(read).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
        JsonNode lost = http.get("/api/v1/topics/t?after=other:1:x").is(200).json();
        assertThat(lost.path("recovered").asBoolean()).isFalse();
        assertThat(lost.path("reason").asString()).isEqualTo("epoch");
        http.get("/api/v1/topics/t?after=nonsense").is(400);
        http.get("/api/v1/topics/t?limit=0").is(400);
    }

    private static String position(JsonNode answer) {
        return answer.path("e").asString() + ":" + answer.path("o").asLong() + ":"
                + answer.path("g").asString();
    }

    @Test
    void oneIdempotencyKeyIsOneMessageAndRefusedWithAnotherBody() throws IOException {
        JsonNode first = http.post("/api/v1/topics/t", "1", "Idempotency-Key: k1")
                .is(200)
                .json();
        JsonNode again = http.post("/api/v1/topics/t", "1", "Idempotency-Key: k1")
                .is(200)
                .json();
        assertThat(again.path("o")).isEqualTo(first.path("o"));
        assertThat(again.path("dup").asBoolean()).isTrue();
        http.post("/api/v1/topics/t", "2", "Idempotency-Key: k1").is(422);
        http.post("/api/v1/topics/u", "2", "Idempotency-Key: k1").is(200);
        assertThat(http.get("/api/v1/topics/t").json().path("messages")).hasSize(1);
    }

    @Test
    void topicsAreListedInPages() throws IOException {
        for (String topic : List.of("b", "a", "c"))
            http.post("/api/v1/topics/" + topic, "1").is(200);
        JsonNode first = http.get("/api/v1/topics?limit=2").is(200).json();
        assertThat(first.path("topics").get(0).path("topic").asString()).isEqualTo("a");
        assertThat(first.path("next").asString()).isEqualTo("b");
        assertThat(first.path("total").asInt()).isEqualTo(3);
        JsonNode rest = http.get("/api/v1/topics?limit=2&after=b").is(200).json();
        assertThat(rest.path("topics")).hasSize(1);
        assertThat(rest.has("next")).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void aSessionIsListedGetsMessagesAndIsDisconnected(Wire wire) throws IOException {
        try (Client client = wire.connect(hub.endpoint())) {
            String sid = client.greet("c").path("sid").asString();
            client.subscribe("room.1");
            JsonNode listed = http.get("/api/v1/sessions").is(200).json().path("sessions");
            assertThat(listed).hasSize(1);
            assertThat(http.get("/api/v1/sessions?sid=" + sid).json().path("sessions"))
                    .hasSize(1);
            assertThat(http.get("/api/v1/sessions?sid=nobody&sid=" + sid + "&sid=" + sid)
                            .json()
                            .path("sessions"))
                    .singleElement()
                    .satisfies(session ->
                            assertThat(session.path("client").asString()).isEqualTo("c"));
            assertThat(http.get("/api/v1/sessions?sid=nobody")
                            .json()
                            .path("total")
                            .asInt())
                    .isZero();
            assertThat(listed.get(0).path("sid").asString()).isEqualTo(sid);
            assertThat(listed.get(0).path("client").asString()).isEqualTo("c");
            assertThat(listed.get(0).path("connected").asBoolean()).isTrue();
            assertThat(listed.get(0).path("subscriptions").get(0).asString()).isEqualTo("room.1");
            http.post("/api/v1/sessions/" + sid, "\"psst\"").is(204);
            JsonNode direct = client.read().path("msg");
            assertThat(direct.path("d").asString()).isEqualTo("psst");
            assertThat(direct.path("s").asInt()).isEqualTo(1);
            assertThat(direct.path("from").isEmpty()).isTrue();
            assertThat(http.post("/api/v1/broadcast", "\"all\"")
                            .is(200)
                            .json()
                            .path("n")
                            .asInt())
                    .isEqualTo(1);
            assertThat(client.read().path("msg").path("d").asString()).isEqualTo("all");
            http.ask("DELETE", "/api/v1/sessions/" + sid, "").is(204);
            client.expectGoodbye(4011);
            http.ask("DELETE", "/api/v1/sessions/" + sid, "").is(404);
            http.post("/api/v1/sessions/" + sid, "1").is(404);
        }
    }

    @Test
    void figuresAreTold() throws IOException {
        try (Client client = Wire.MSGI.connect(hub.endpoint())) {
            client.greet("c");
            client.subscribe("t");
            JsonNode stats = http.get("/api/v1/stats").is(200).json();
            assertThat(stats.path("node").asString()).isEqualTo("hawser");
            assertThat(stats.path("sessions").asInt()).isEqualTo(1);
            assertThat(stats.path("subscriptions").asInt()).isEqualTo(1);
            assertThat(stats.path("connections").asInt()).isEqualTo(2);
        }
    }

    @Test
    void whatIsWrongIsAProblem() throws IOException {
        http.post("/api/v1/topics/a..b", "1").is(400);
        http.post("/api/v1/topics/t", "{").is(400);
        http.post("/api/v1/topics/$sys", "1").is(403);
        http.post("/api/v1/sessions/nobody", "1").is(404);
        http.get("/api/v1/nothing").is(404);
        http.ask("PUT", "/api/v1/topics/t", "1").is(405);
        http.post("/api/v1/topics/t", "\"" + "x".repeat(1 << 20) + "\"").is(413);
    }
}
