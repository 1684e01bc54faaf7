package io.hawser.conformance.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.cluster.TopicConfig;
import io.hawser.cluster.TopicRules;
import io.hawser.hub.ClusterConfig;
import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.io.ExecutionMode;
import io.hawser.io.IoConfig;
import io.hawser.tcp.ListenConfig;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// Topics of hawser.v1, as PROTOCOL.md says.
@ParameterizedClass
@MethodSource("io.hawser.conformance.v1.Wire#withModes")
@Timeout(120)
final class TopicsTest {
    private static final TopicRules RULES =
            TopicRules.defaults().with("short.", TopicConfig.log().withSize(2)).with("live.", TopicConfig.live());

    @Parameter(0)
    private Wire wire = Wire.MSGI;

    @Parameter(1)
    private ExecutionMode mode = ExecutionMode.VIRTUAL;

    private Hub hub;
    private Client alice;
    private Client bob;
    private String aliceSid = "";

    @BeforeEach
    void start() throws IOException {
        hub = Hub.start(HubConfig.on(ListenConfig.on("127.0.0.1:0"))
                .withIo(IoConfig.defaults().withThreads(1))
                .withHandlers(mode)
                .withCluster(ClusterConfig.defaults().withTopics(RULES)));
        alice = wire.connect(hub.endpoint());
        bob = wire.connect(hub.endpoint());
        aliceSid = alice.greet("alice").path("sid").asString();
        bob.greet("bob");
    }

    @AfterEach
    void stop() throws IOException {
        alice.close();
        bob.close();
        hub.close();
    }

    private static JsonNode control(Client peer, Map<String, ?> request) throws IOException {
        peer.say(request);
        return peer.read();
    }

    private static JsonNode subscribe(Client peer, String topic) throws IOException {
        return control(peer, Map.of("id", 2, "sub", Map.of("topic", topic))).path("sub");
    }

    private static JsonNode recover(Client peer, String topic, JsonNode at) throws IOException {
        Map<String, ?> position = Map.of(
                "e",
                at.path("e").asString(),
                "o",
                at.path("o").asLong(),
                "g",
                at.path("g").asString());
        return control(peer, Map.of("id", 2, "sub", Map.of("topic", topic, "pos", position)))
                .path("sub");
    }

    private JsonNode publish(String topic, Object value) throws IOException {
        JsonNode answer = alice.ask(Map.of("id", 4, "pub", Map.of("topic", topic, "d", value)));
        assertThat(answer.path("id").asInt()).as(answer.toString()).isEqualTo(4);
        return answer.path("pub");
    }

    private static JsonNode push(Client peer) throws IOException {
        return peer.read().path("pub");
    }

    @Test
    void whatIsPublishedReachesSubscribersWithItsPositionAndSender() throws IOException {
        JsonNode empty = subscribe(bob, "room.42");
        assertThat(empty.path("recovered").asBoolean()).isFalse();
        assertThat(empty.path("n").asInt()).isZero();
        assertThat(empty.path("g").asString()).isEmpty();
        JsonNode published = publish("room.42", Map.of("text", "hi"));
        assertThat(published.propertyNames()).containsExactly("e", "o", "g", "dup");
        JsonNode push = push(bob);
        assertThat(push.propertyNames()).containsExactlyInAnyOrder("topic", "o", "g", "from", "d");
        assertThat(push.path("topic").asString()).isEqualTo("room.42");
        assertThat(push.path("o")).isEqualTo(published.path("o"));
        assertThat(push.path("g")).isEqualTo(published.path("g"));
        assertThat(push.path("from").toString()).isEqualTo("{\"sid\":\"" + aliceSid + "\"}");
        assertThat(push.path("d").toString()).isEqualTo("{\"text\":\"hi\"}");
    }

    @Test
    void aSubscriberThatComesBackGetsWhatItMissedInOrder() throws IOException {
        publish("room.1", 0);
        JsonNode head = subscribe(bob, "room.1");
        control(bob, Map.of("id", 3, "unsub", Map.of("topic", "room.1")));
        for (int i = 1; i <= 3; i++) publish("room.1", i);
        JsonNode answer = recover(bob, "room.1", head);
        assertThat(answer.path("recovered").asBoolean()).isTrue();
        assertThat(answer.path("n").asInt()).isEqualTo(3);
        assertThat(answer.path("e")).isEqualTo(head.path("e"));
        publish("room.1", 4);
        for (int i = 1; i <= 4; i++) assertThat(push(bob).path("d").asInt()).isEqualTo(i);
    }

    @Test
    void whatCannotBeRecoveredIsAResyncWithItsReason() throws IOException {
        JsonNode head = publish("short.a", 0);
        for (int i = 1; i <= 3; i++) publish("short.a", i);
        assertThat(recover(bob, "short.a", head).path("recovered").asBoolean()).isFalse();
        JsonNode resync = bob.read().path("resync");
        assertThat(resync.path("reason").asString()).isEqualTo("window");
        assertThat(resync.propertyNames()).containsExactly("topic", "reason", "e", "o", "g");
        publish("short.a", 4);
        assertThat(push(bob).path("d").asInt()).isEqualTo(4);
    }

    @Test
    void theSameMidIsOneMessage() throws IOException {
        subscribe(bob, "room.1");
        Map<String, ?> request = Map.of("id", 4, "pub", Map.of("topic", "room.1", "d", 1, "mid", "a1"));
        JsonNode first = alice.ask(request).path("pub");
        JsonNode again = alice.ask(request).path("pub");
        assertThat(first.path("dup").asBoolean()).isFalse();
        assertThat(again.path("dup").asBoolean()).isTrue();
        assertThat(again.path("o")).isEqualTo(first.path("o"));
        JsonNode other = bob.ask(request);
        assertThat(push(bob).path("o")).isNotNull();
        publish("room.1", "end");
        assertThat(other.isMissingNode()).isFalse();
    }

    @Test
    void patternsAreLiveAndAMessageComesOnce() throws IOException {
        assertThat(subscribe(bob, "room.*").has("e")).isFalse();
        subscribe(bob, "room.>");
        subscribe(bob, "room.1");
        publish("room.1", 1);
        publish("room.2.b", 2);
        assertThat(push(bob).path("d").asInt()).isEqualTo(1);
        assertThat(push(bob).path("d").asInt()).isEqualTo(2);
        Map<String, ?> position = Map.of("e", "x", "o", 1, "g", "y");
        JsonNode refused = control(bob, Map.of("id", 2, "sub", Map.of("topic", "a.*", "pos", position)));
        assertThat(refused.path("err").path("code").asInt()).isEqualTo(400);
    }

    @Test
    void aLiveTopicHasNoPositions() throws IOException {
        assertThat(subscribe(bob, "live.a").propertyNames()).containsExactly("topic", "recovered", "n");
        assertThat(publish("live.a", 1).propertyNames()).containsExactly("dup");
        assertThat(push(bob).propertyNames()).containsExactlyInAnyOrder("topic", "from", "d");
    }

    @Test
    void whoIsThereIsTold() throws IOException {
        subscribe(alice, "room.1");
        JsonNode who =
                control(bob, Map.of("id", 7, "who", Map.of("topic", "room.1"))).path("who");
        assertThat(who.toString())
                .isEqualTo("{\"topic\":\"room.1\",\"sessions\":[{\"sid\":\"" + aliceSid + "\",\"client\":\"alice\"}]}");
        control(alice, Map.of("id", 3, "unsub", Map.of("topic", "room.1")));
        assertThat(control(bob, Map.of("id", 7, "who", Map.of("topic", "room.1")))
                        .path("who")
                        .path("sessions"))
                .isEmpty();
    }

    @Test
    void subscriptionsAreLimited() throws IOException {
        for (int i = 0; i < 128; i++) subscribe(bob, "t." + i);
        JsonNode over = control(bob, Map.of("id", 2, "sub", Map.of("topic", "t.128")));
        assertThat(over.path("err").path("code").asInt()).isEqualTo(403);
        assertThat(subscribe(bob, "t.5").path("topic").asString()).isEqualTo("t.5");
    }
}
