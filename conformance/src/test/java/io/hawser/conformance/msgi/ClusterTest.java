package io.hawser.conformance.msgi;

import static io.hawser.conformance.msgi.MsgiPeer.CONTROL;
import static io.hawser.conformance.msgi.MsgiPeer.DATA;
import static io.hawser.conformance.msgi.MsgiPeer.DISCONNECT;
import static io.hawser.conformance.msgi.MsgiPeer.cbor;
import static io.hawser.conformance.msgi.MsgiPeer.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.conformance.rest.Http;
import io.hawser.hub.BareMode;
import io.hawser.hub.ClusterConfig;
import io.hawser.hub.Hub;
import io.hawser.nats.NatsConfig;
import io.hawser.session.Session;
import io.hawser.testkit.NatsServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import tools.jackson.databind.JsonNode;

/// Two hubs on one broker, seen by clients of each.
@EnabledIf("io.hawser.testkit.NatsServer#isHere")
@Timeout(120)
final class ClusterTest {
    private NatsServer broker;
    private Hub one;
    private Hub two;
    private MsgiPeer alice;
    private MsgiPeer bob;
    private JsonNode aliceWelcome;
    private JsonNode bobWelcome;

    @BeforeEach
    void start() throws Exception {
        broker = NatsServer.start();
        ClusterConfig cluster =
                ClusterConfig.defaults().withNats(NatsConfig.of(broker.url()).withMaxBytes(64 << 20));
        one = Hub.start(Hubs.echo().withBare(BareMode.MANAGED).withNode("one").withCluster(cluster));
        two = Hub.start(Hubs.echo().withBare(BareMode.MANAGED).withNode("two").withCluster(cluster));
        alice = MsgiPeer.connect(one.endpoint());
        bob = MsgiPeer.connect(two.endpoint());
        aliceWelcome = alice.greet("alice");
        bobWelcome = bob.greet("bob");
        for (int i = 0; i < 3000 && one.backplane().nodes().names().size() < 2; i++) TimeUnit.MILLISECONDS.sleep(10);
    }

    @AfterEach
    void stop() throws IOException {
        alice.close();
        bob.close();
        one.close();
        two.close();
        broker.close();
    }

    private static String sid(JsonNode welcome) {
        return welcome.path("sid").asString();
    }

    private static void subscribe(MsgiPeer peer, String topic) throws IOException {
        peer.write(cbor(CONTROL, Map.of("id", 2, "sub", Map.of("topic", topic))));
        assertThat(peer.readMap(CONTROL).has("sub")).isTrue();
    }

    private static void publish(MsgiPeer peer, String topic, Object value) throws IOException {
        JsonNode answer = peer.ask(Map.of("id", 4, "pub", Map.of("topic", topic, "d", value)));
        assertThat(answer.has("pub")).as(answer.toString()).isTrue();
    }

    /// What a node says of its sessions reaches the others a little later.
    private static JsonNode insist(MsgiPeer peer, Map<String, ?> request) throws Exception {
        JsonNode answer = peer.ask(request);
        for (int i = 0; i < 3000 && answer.has("err"); i++) {
            TimeUnit.MILLISECONDS.sleep(10);
            answer = peer.ask(request);
        }
        return answer;
    }

    @Test
    void aMessageReachesTheSubscribersOfEveryNode() throws Exception {
        subscribe(bob, "room.1");
        publish(alice, "room.1", "hi");
        JsonNode push = bob.readMap(DATA).path("pub");
        assertThat(push.path("d").asString()).isEqualTo("hi");
        assertThat(push.path("from").path("sid").asString()).isEqualTo(sid(aliceWelcome));
    }

    @Test
    void aDirectMessageReachesASessionOfAnotherNode() throws Exception {
        JsonNode ok = insist(alice, Map.of("id", 5, "send", Map.of("to", sid(bobWelcome), "d", "psst")));
        assertThat(ok.toString()).isEqualTo("{\"id\":5,\"ok\":{}}");
        assertThat(bob.readMap(DATA).path("msg").path("d").asString()).isEqualTo("psst");
        JsonNode nobody = alice.ask(Map.of("id", 5, "send", Map.of("to", "nobody", "d", "psst")));
        assertThat(nobody.path("err").path("code").asInt()).isEqualTo(404);
    }

    @Test
    void aBroadcastReachesTheSessionsOfEveryNode() throws Exception {
        alice.write(cbor(DATA, Map.of("id", 6, "bcast", Map.of("d", "all"))));
        assertThat(alice.readMap(DATA).path("msg").path("d").asString()).isEqualTo("all");
        assertThat(alice.readMap(DATA).toString()).isEqualTo("{\"id\":6,\"ok\":{\"n\":2}}");
        assertThat(bob.readMap(DATA).path("msg").path("d").asString()).isEqualTo("all");
    }

    @Test
    void aSessionGoesOnOnAnotherNode() throws Exception {
        subscribe(bob, "room.1");
        publish(alice, "room.1", 1);
        assertThat(bob.readMap(DATA).path("pub").path("d").asInt()).isEqualTo(1);
        insist(alice, Map.of("id", 5, "send", Map.of("to", sid(bobWelcome), "d", "kept")));
        assertThat(bob.readMap(DATA).path("msg").path("s").asInt()).isEqualTo(1);
        try (MsgiPeer moved = MsgiPeer.connect(one.endpoint())) {
            Map<String, ?> hello = Map.of("resume", bobWelcome.path("resume").asString(), "s", 0);
            moved.write(cbor(CONTROL, Map.of("id", 1, "hello", hello)));
            JsonNode welcome = moved.readMap(CONTROL).path("welcome");
            assertThat(welcome.path("resumed").asBoolean())
                    .as(welcome.toString())
                    .isTrue();
            assertThat(sid(welcome)).isEqualTo(sid(bobWelcome));
            bob.expectGoodbye(DISCONNECT, 4013);
            assertThat(moved.readMap(DATA).path("msg").path("d").asString()).isEqualTo("kept");
            publish(alice, "room.1", 2);
            assertThat(moved.readMap(DATA).path("pub").path("d").asInt()).isEqualTo(2);
            insist(alice, Map.of("id", 5, "send", Map.of("to", sid(bobWelcome), "d", "here")));
            assertThat(moved.readMap(DATA).path("msg").path("s").asInt()).isEqualTo(2);
        }
    }

    @Test
    void theSessionOfANodeThatHasGoneIsNotResumedAndItsTopicsRecover() throws Exception {
        bob.write(cbor(CONTROL, Map.of("id", 2, "sub", Map.of("topic", "room.1"))));
        JsonNode at = bob.readMap(CONTROL).path("sub");
        two.close();
        publish(alice, "room.1", "missed");
        for (int i = 0; i < 3000 && one.backplane().nodes().names().size() > 1; i++) TimeUnit.MILLISECONDS.sleep(10);
        try (MsgiPeer back = MsgiPeer.connect(one.endpoint())) {
            Map<String, ?> hello = Map.of("resume", bobWelcome.path("resume").asString(), "s", 0);
            back.write(cbor(CONTROL, Map.of("id", 1, "hello", hello)));
            JsonNode welcome = back.readMap(CONTROL).path("welcome");
            assertThat(welcome.path("resumed").asBoolean()).isFalse();
            assertThat(welcome.path("reason").asString()).isEqualTo("node");
            Map<String, ?> position = Map.of(
                    "e",
                    at.path("e").asString(),
                    "o",
                    at.path("o").asLong(),
                    "g",
                    at.path("g").asString());
            back.write(cbor(CONTROL, Map.of("id", 2, "sub", Map.of("topic", "room.1", "pos", position))));
            assertThat(back.readMap(CONTROL).path("sub").path("recovered").asBoolean())
                    .isTrue();
            assertThat(back.readMap(DATA).path("pub").path("d").asString()).isEqualTo("missed");
        }
    }

    @Test
    void aSessionThatNobodyCameForIsGivenToAnotherNodeAndGoesOnThere() throws Exception {
        subscribe(bob, "room.1");
        two.drain(Duration.ofSeconds(1));
        publish(alice, "room.1", "missed");
        for (int i = 0; i < 3000 && one.backplane().nodes().names().size() > 1; i++) TimeUnit.MILLISECONDS.sleep(10);
        try (MsgiPeer back = MsgiPeer.connect(one.endpoint())) {
            Map<String, ?> hello = Map.of("resume", bobWelcome.path("resume").asString(), "s", 0);
            back.write(cbor(CONTROL, Map.of("id", 1, "hello", hello)));
            JsonNode welcome = back.readMap(CONTROL).path("welcome");
            assertThat(welcome.path("resumed").asBoolean())
                    .as(welcome.toString())
                    .isTrue();
            assertThat(back.readMap(DATA).path("pub").path("d").asString()).isEqualTo("missed");
        }
    }

    @Test
    void barePeersOfEveryNodeReachEachOther() throws Exception {
        try (MsgiPeer cid = MsgiPeer.connect(one.endpoint());
                MsgiPeer dan = MsgiPeer.connect(two.endpoint())) {
            cid.write(frame(DATA, "hi".getBytes(StandardCharsets.UTF_8)));
            assertThat(text(cid)).isEqualTo("Echo: hi");
            dan.write(frame(DATA, "hi".getBytes(StandardCharsets.UTF_8)));
            assertThat(text(dan)).isEqualTo("Echo: hi");
            cid.write(frame(DATA, "BROADCAST".getBytes(StandardCharsets.UTF_8)));
            String all = text(dan);
            assertThat(all).startsWith("Broadcast from ");
            assertThat(text(cid)).isEqualTo(all);
            assertThat(bob.readMap(DATA).path("msg").path("d").asString()).isEqualTo(all);
            String sid = all.substring("Broadcast from ".length());
            dan.write(frame(DATA, ("PRIVATE:" + sid + ":psst").getBytes(StandardCharsets.UTF_8)));
            assertThat(text(cid)).startsWith("Private from ").endsWith(": psst");
            dan.write(frame(DATA, "PRIVATE:nobody:psst".getBytes(StandardCharsets.UTF_8)));
            assertThat(text(dan)).isEqualTo("ERROR: Session nobody not found");
            Http http = new Http(two.endpoint());
            http.post("/api/v1/sessions/" + sid, "\"from rest\"").is(204);
            assertThat(text(cid)).isEqualTo("from rest");
            http.post("/api/v1/sessions/" + sid, "{}").is(400);
            http.ask("DELETE", "/api/v1/sessions/" + sid, "").is(204);
            cid.expectGoodbye(MsgiPeer.ERROR, 4011);
        }
    }

    private static String text(MsgiPeer peer) throws IOException {
        return new String(peer.read().payload(), StandardCharsets.UTF_8);
    }

    @Test
    void aKeyThatCameToAnotherNodeWithAnotherBodyIsRefused() throws Exception {
        assertThat(keyed(one, "\"body\"")).isEqualTo(200);
        assertThat(keyed(two, "\"other\"")).isEqualTo(422);
        assertThat(keyed(two, "\"body\"")).isEqualTo(200);
    }

    private static int keyed(Hub hub, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + hub.endpoint() + "/api/v1/topics/room.1"))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "k")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }

    @Test
    void whoIsThereIsToldOfEveryNode() throws Exception {
        subscribe(bob, "room.1");
        for (int i = 0; i < 3000; i++) {
            alice.write(cbor(CONTROL, Map.of("id", 7, "who", Map.of("topic", "room.1"))));
            JsonNode sessions = alice.readMap(CONTROL).path("who").path("sessions");
            if (sessions.size() == 1) {
                assertThat(sessions.path(0).path("client").asString()).isEqualTo("bob");
                return;
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
        throw new AssertionError("presence never came");
    }

    @Test
    void whileSixtyFourRequestsWaitForTheirAnswersNothingMoreIsRead() throws Exception {
        Session session = one.sessions().find(sid(aliceWelcome)).orElseThrow();
        broker.pause();
        try {
            for (int i = 0; i < 200; i++) {
                alice.write(cbor(DATA, Map.of("id", i, "pub", Map.of("topic", "room.1", "d", i, "mid", "m" + i))));
            }
            for (int i = 0; i < 3000 && session.stats().messagesReceived() < 65; i++) TimeUnit.MILLISECONDS.sleep(10);
            TimeUnit.MILLISECONDS.sleep(200);
            // The hello, and the requests.
            assertThat(session.stats().messagesReceived()).isEqualTo(65);
        } finally {
            broker.goOn();
        }
        for (int i = 0; i < 200; i++) {
            JsonNode answer = alice.readMap(DATA);
            assertThat(answer.has("pub")).as(answer.toString()).isTrue();
        }
    }

    @Test
    void administratorsReachSessionsOfEveryNode() throws Exception {
        Http http = new Http(one.endpoint());
        int status = 404;
        for (int i = 0; i < 3000 && status == 404; i++) {
            status =
                    http.post("/api/v1/sessions/" + sid(bobWelcome), "\"psst\"").status();
        }
        assertThat(status).isEqualTo(204);
        assertThat(bob.readMap(DATA).path("msg").path("d").asString()).isEqualTo("psst");
        http.ask("DELETE", "/api/v1/sessions/" + sid(bobWelcome), "").is(204);
        bob.expectGoodbye(MsgiPeer.ERROR, 4011);
    }

    @Test
    void aSessionOfANodeThatDrainsGoesOnOnAnotherWithWhatWasNotAcknowledged() throws Exception {
        Map<String, ?> request = Map.of("id", 5, "send", Map.of("to", sid(aliceWelcome), "d", "psst"));
        assertThat(insist(bob, request).has("ok")).isTrue();
        assertThat(alice.readMap(DATA).path("msg").path("d").asString()).isEqualTo("psst");
        subscribe(alice, "room.1");
        Thread draining = Thread.ofVirtual().start(() -> one.drain(Duration.ofSeconds(25)));
        assertThat(alice.readMap(CONTROL).has("goaway")).isTrue();
        alice.expectGoodbye(MsgiPeer.DISCONNECT, 4501);
        publish(bob, "room.1", 1);
        try (MsgiPeer again = MsgiPeer.connect(two.endpoint())) {
            String token = aliceWelcome.path("resume").asString();
            again.write(cbor(CONTROL, Map.of("id", 1, "hello", Map.of("resume", token, "s", 0))));
            JsonNode welcome = again.readMap(CONTROL).path("welcome");
            assertThat(welcome.path("resumed").asBoolean())
                    .as(welcome.toString())
                    .isTrue();
            assertThat(again.readMap(DATA).path("msg").path("d").asString()).isEqualTo("psst");
            assertThat(again.readMap(DATA).path("pub").path("d").asInt()).isEqualTo(1);
        }
        draining.join();
    }
}
