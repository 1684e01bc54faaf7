package io.hawser.conformance.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.conformance.v1.Client;
import io.hawser.conformance.v1.Wire;
import io.hawser.hub.ClusterConfig;
import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.hub.access.AccessConfig;
import io.hawser.nats.NatsConfig;
import io.hawser.tcp.ListenConfig;
import io.hawser.testkit.NatsServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import tools.jackson.databind.JsonNode;

/// What any node says of another one, or of all of them.
///
/// Source: docs/PROTOCOL.md, section 9
@EnabledIf("io.hawser.testkit.NatsServer#isHere")
@Timeout(300)
final class NodeChoiceTest {
    private static HubConfig config(String node, NatsServer broker) {
        ClusterConfig cluster =
                ClusterConfig.defaults().withNats(NatsConfig.of(broker.url()).withMaxBytes(64 << 20));
        return HubConfig.on(ListenConfig.on("127.0.0.1:0")).withNode(node).withCluster(cluster);
    }

    private static List<String> clients(JsonNode answer) {
        List<String> all = new ArrayList<>();
        answer.path("sessions")
                .forEach(each -> all.add(each.path("node").asString("") + " "
                        + each.path("client").asString()));
        return all;
    }

    @Test
    void anyNodeSaysWhatAnotherOneOrAllOfThemHave() throws Exception {
        try (NatsServer broker = NatsServer.start();
                Hub one = Hub.start(config("one", broker));
                Hub two = Hub.start(config("two", broker));
                Client a = Wire.WEBSOCKET_JSON.connect(one.endpoint());
                Client b = Wire.WEBSOCKET_JSON.connect(two.endpoint());
                Client c = Wire.MSGI.connect(two.endpoint())) {
            for (Client each : List.of(a, b, c)) each.greet("meter");
            Http http = new Http(one.endpoint());
            assertThat(http.get("/api/v1/sessions").is(200).json().path("sessions"))
                    .hasSize(1);
            for (String at : new String[] {"/api/v1/sessions?node=two", "/api/v1/sessions?limit=7&node=two&filter="}) {
                JsonNode other = http.get(at).is(200).json();
                assertThat(other.path("node").asString()).isEqualTo("two");
                assertThat(other.path("total").asInt()).isEqualTo(2);
                assertThat(other.path("sessions")).hasSize(2);
            }
            assertThat(http.get("/api/v1/stats?node=two")
                            .is(200)
                            .json()
                            .path("node")
                            .asString())
                    .isEqualTo("two");
            assertThat(http.get("/api/v1/topics?node=two")
                            .is(200)
                            .json()
                            .path("node")
                            .asString())
                    .isEqualTo("two");
            assertThat(http.get("/api/v1/upstreams?node=two")
                            .is(200)
                            .json()
                            .path("node")
                            .asString())
                    .isEqualTo("two");
            assertThat(http.get("/api/v1/log?logger=io.hawser&node=two")
                            .is(200)
                            .json()
                            .path("logger")
                            .asString())
                    .isEqualTo("io.hawser");
            assertThat(http.get("/api/v1/sessions?node=one").is(200).json().path("sessions"))
                    .hasSize(1);
            http.get("/api/v1/sessions?node=two&limit=0").is(400);
            http.get("/api/v1/sessions/nobody?node=two").is(404);
            assertThat(http.get("/api/v1/sessions?node=three").is(404).body()).contains("no node three");

            JsonNode all = http.get("/api/v1/sessions?node=*").is(200).json();
            assertThat(clients(all)).containsExactlyInAnyOrder("one meter", "two meter", "two meter");
            assertThat(all.path("nodes")).extracting(JsonNode::asString).containsExactly("one", "two");
            assertThat(all.path("total").asInt()).isEqualTo(3);
            assertThat(all.has("missing")).isFalse();
            assertThat(all.has("next")).isFalse();
            assertThat(pages(http)).hasSize(3).doesNotHaveDuplicates().isSorted();
            JsonNode alerts = http.get("/api/v1/alerts?node=*").is(200).json();
            assertThat(alerts.path("nodes")).hasSize(2);
            assertThat(alerts.path("alerts").isArray()).isTrue();
            assertThat(http.get("/api/v1/topics?node=*").is(400).body()).contains("no list of all nodes");
            http.get("/api/v1/sessions?node=*&limit=0").is(400);
        }
    }

    @Test
    void topicsOfEveryNameAreAskedForAsTheyAre() throws Exception {
        try (NatsServer broker = NatsServer.start();
                Hub one = Hub.start(config("one", broker));
                Hub two = Hub.start(config("two", broker))) {
            Http there = new Http(two.endpoint());
            Http http = new Http(one.endpoint());
            for (String topic : List.of("a%3Fb", "caf%C3%A9", "a%23b", "100%25")) {
                there.post("/api/v1/topics/" + topic, "\"" + topic + "\"").is(200);
                JsonNode history = http.get("/api/v1/topics/" + topic + "?limit=5&node=two")
                        .is(200)
                        .json();
                assertThat(history.at("/messages/0/d").asString()).isEqualTo(topic);
            }
        }
    }

    /// The broker would not carry it.
    @Test
    void anAnswerThatIsTooLongSaysSo() throws Exception {
        try (NatsServer broker = NatsServer.start();
                Hub one = Hub.start(config("one", broker));
                Hub two = Hub.start(config("two", broker))) {
            Http there = new Http(two.endpoint());
            for (int i = 0; i < 4; i++) {
                there.post("/api/v1/topics/room.long", "\"" + "x".repeat(250_000) + "\"")
                        .is(200);
            }
            Http http = new Http(one.endpoint());
            assertThat(http.get("/api/v1/topics/room.long?node=two").is(413).body())
                    .contains("ask for fewer");
            http.get("/api/v1/topics/room.long?node=two&limit=2").is(200);
        }
    }

    @Test
    void whatChangesSomethingIsDoneWhereItIsAsked() throws Exception {
        try (NatsServer broker = NatsServer.start();
                Hub one = Hub.start(config("one", broker));
                Hub two = Hub.start(config("two", broker))) {
            assertThat(two.node()).isEqualTo("two");
            Http http = new Http(one.endpoint());
            http.ask("PUT", "/api/v1/log?logger=io.hawser&level=info&node=two", "")
                    .is(400);
            http.ask("DELETE", "/api/v1/cache?path=/&node=*", "").is(400);
            http.post("/api/v1/broadcast?node=two", "1").is(400);
            http.post("/api/v1/broadcast?node=one", "1").is(200);
            assertThat(http.ask("HEAD", "/api/v1/sessions?node=nobody", "").status())
                    .isEqualTo(404);
            assertThat(http.ask("HEAD", "/api/v1/sessions?node=two", "").status())
                    .isEqualTo(200);
        }
    }

    private static List<String> pages(Http http) throws Exception {
        List<String> sids = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = http.get("/api/v1/sessions?node=*&limit=1&after=" + after)
                    .is(200)
                    .json();
            assertThat(page.path("sessions")).hasSize(1);
            sids.add(page.at("/sessions/0/sid").asString());
            after = page.path("next").asString("");
        } while (!after.isEmpty());
        return sids;
    }

    @Test
    void anAdministratorOfOneIsOneOfAllAndOthersAreNot() throws Exception {
        try (NatsServer broker = NatsServer.start();
                Hub one = Hub.start(config("one", broker)
                        .withAccess(AccessConfig.defaults().withAdminToken("the token of this test")));
                Hub two = Hub.start(config("two", broker))) {
            Http http = new Http(one.endpoint());
            assertThat(two.node()).isEqualTo("two");
            http.get("/api/v1/sessions?node=two").is(401);
            http.get("/api/v1/sessions?node=*").is(401);
            http.get("/api/v1/sessions?node=two", "Authorization: Bearer the token of this test")
                    .is(200);
        }
    }
}
