package io.hawser.conformance.msgi;

import static io.hawser.conformance.msgi.MsgiPeer.CONTROL;
import static io.hawser.conformance.msgi.MsgiPeer.DATA;
import static io.hawser.conformance.msgi.MsgiPeer.DISCONNECT;
import static io.hawser.conformance.msgi.MsgiPeer.cbor;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.hub.Hub;
import io.hawser.io.ExecutionMode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// Sessions that outlive their connection.
@ParameterizedClass
@EnumSource
@Timeout(120)
final class ResumeTest {
    @Parameter
    private ExecutionMode mode = ExecutionMode.VIRTUAL;

    private Hub hub;
    private MsgiPeer sender;

    @BeforeEach
    void start() throws IOException {
        hub = Hub.start(Hubs.echo().withHandlers(mode));
        sender = MsgiPeer.connect(hub.endpoint());
        sender.greet("sender");
    }

    @AfterEach
    void stop() throws IOException {
        sender.close();
        hub.close();
    }

    private JsonNode resume(MsgiPeer peer, String token, long s, Map<String, ?> more) throws IOException {
        Map<String, Object> hello = new HashMap<>(more);
        hello.put("resume", token);
        hello.put("s", s);
        peer.write(cbor(CONTROL, Map.of("id", 1, "hello", hello)));
        return peer.readMap(CONTROL).path("welcome");
    }

    private static String token(JsonNode welcome) {
        return welcome.path("resume").asString();
    }

    /// Until the hub has seen that a connection has gone.
    private void awaitConnections(int count) throws InterruptedException {
        for (int i = 0; i < 3000 && hub.sessions().count() != count; i++) TimeUnit.MILLISECONDS.sleep(10);
        assertThat(hub.sessions().count()).isEqualTo(count);
    }

    private void send(String sid, Object value) throws IOException {
        JsonNode answer = sender.ask(Map.of("id", 5, "send", Map.of("to", sid, "d", value)));
        assertThat(answer.toString()).isEqualTo("{\"id\":5,\"ok\":{}}");
    }

    private void publish(String topic, Object value) throws IOException {
        assertThat(sender.ask(Map.of("id", 4, "pub", Map.of("topic", topic, "d", value)))
                        .has("pub"))
                .isTrue();
    }

    @Test
    void directMessagesAreNumberedKeptAndReplayedUntilAcknowledged() throws Exception {
        JsonNode first;
        try (MsgiPeer peer = MsgiPeer.connect(hub.endpoint())) {
            first = peer.greet("x");
            for (int i = 1; i <= 3; i++) {
                send(first.path("sid").asString(), i);
                assertThat(peer.readMap(DATA).path("msg").path("s").asInt()).isEqualTo(i);
            }
            peer.write(cbor(CONTROL, Map.of("ack", Map.of("s", 1))));
        }
        awaitConnections(1);
        send(first.path("sid").asString(), 4);
        try (MsgiPeer peer = MsgiPeer.connect(hub.endpoint())) {
            JsonNode again = resume(peer, token(first), 2, Map.of());
            assertThat(again.path("resumed").asBoolean()).isTrue();
            assertThat(again.path("sid")).isEqualTo(first.path("sid"));
            assertThat(peer.readMap(DATA).path("msg").path("d").asInt()).isEqualTo(3);
            JsonNode last = peer.readMap(DATA).path("msg");
            assertThat(last.path("d").asInt()).isEqualTo(4);
            assertThat(last.path("s").asInt()).isEqualTo(4);
        }
    }

    @Test
    void subscriptionsAreKeptAndWhatWasMissedComes() throws Exception {
        JsonNode first;
        try (MsgiPeer peer = MsgiPeer.connect(hub.endpoint())) {
            first = peer.greet("x");
            peer.write(cbor(CONTROL, Map.of("id", 2, "sub", Map.of("topic", "room.1"))));
            peer.readMap(CONTROL);
            publish("room.1", 1);
            assertThat(peer.readMap(DATA).path("pub").path("d").asInt()).isEqualTo(1);
        }
        awaitConnections(1);
        for (int i = 2; i <= 4; i++) publish("room.1", i);
        try (MsgiPeer peer = MsgiPeer.connect(hub.endpoint())) {
            assertThat(resume(peer, token(first), 0, Map.of()).path("resumed").asBoolean())
                    .isTrue();
            publish("room.1", 5);
            for (int i = 2; i <= 5; i++) {
                assertThat(peer.readMap(DATA).path("pub").path("d").asInt()).isEqualTo(i);
            }
        }
    }

    @Test
    void aClientThatSaysWhereItIsGetsAllSinceThere() throws Exception {
        JsonNode first;
        JsonNode head;
        try (MsgiPeer peer = MsgiPeer.connect(hub.endpoint())) {
            first = peer.greet("x");
            peer.write(cbor(CONTROL, Map.of("id", 2, "sub", Map.of("topic", "room.1"))));
            head = peer.readMap(CONTROL).path("sub");
            publish("room.1", 1);
        }
        awaitConnections(1);
        publish("room.1", 2);
        try (MsgiPeer peer = MsgiPeer.connect(hub.endpoint())) {
            Map<String, ?> at = Map.of(
                    "e",
                    head.path("e").asString(),
                    "o",
                    head.path("o").asLong(),
                    "g",
                    head.path("g").asString());
            resume(peer, token(first), 0, Map.of("pos", Map.of("room.1", at)));
            for (int i = 1; i <= 2; i++) {
                assertThat(peer.readMap(DATA).path("pub").path("d").asInt()).isEqualTo(i);
            }
        }
    }

    @Test
    void theNewestConnectionCutsTheOlderOneOff() throws Exception {
        try (MsgiPeer old = MsgiPeer.connect(hub.endpoint());
                MsgiPeer peer = MsgiPeer.connect(hub.endpoint())) {
            JsonNode first = old.greet("x");
            JsonNode second = resume(peer, token(first), 0, Map.of());
            assertThat(second.path("resumed").asBoolean()).isTrue();
            old.expectGoodbye(DISCONNECT, 4013);
            send(first.path("sid").asString(), "here");
            assertThat(peer.readMap(DATA).path("msg").path("d").asString()).isEqualTo("here");
        }
    }

    @Test
    void tokensRotateAndTheOneBeforeIsGoodUntilTheNewOneIsUsed() throws Exception {
        try (MsgiPeer a = MsgiPeer.connect(hub.endpoint());
                MsgiPeer b = MsgiPeer.connect(hub.endpoint());
                MsgiPeer c = MsgiPeer.connect(hub.endpoint());
                MsgiPeer d = MsgiPeer.connect(hub.endpoint())) {
            String first = token(a.greet("x"));
            String second = token(resume(b, first, 0, Map.of()));
            assertThat(second).isNotEqualTo(first);
            JsonNode again = resume(c, first, 0, Map.of());
            assertThat(again.path("resumed").asBoolean()).isTrue();
            resume(d, token(again), 0, Map.of());
            try (MsgiPeer e = MsgiPeer.connect(hub.endpoint())) {
                JsonNode late = resume(e, first, 0, Map.of());
                assertThat(late.path("resumed").asBoolean()).isFalse();
                assertThat(late.path("reason").asString()).isEqualTo("expired");
            }
        }
    }

    @Test
    void aTokenThatTheHubDidNotIssueOpensANewSession() throws Exception {
        try (MsgiPeer peer = MsgiPeer.connect(hub.endpoint());
                MsgiPeer other = MsgiPeer.connect(hub.endpoint())) {
            String good = token(peer.greet("x"));
            String forged = good.substring(0, good.length() - 2) + (good.endsWith("AA") ? "BB" : "AA");
            JsonNode welcome = resume(other, forged, 0, Map.of());
            assertThat(welcome.path("resumed").asBoolean()).isFalse();
            assertThat(welcome.path("reason").asString()).isEqualTo("invalid");
        }
    }

    @Test
    void aSessionWhoseClientSaidGoodbyeIsOver() throws Exception {
        JsonNode first;
        try (MsgiPeer peer = MsgiPeer.connect(hub.endpoint())) {
            first = peer.greet("x");
            peer.write(cbor(DISCONNECT, Map.of("code", 1000, "msg", "")));
            peer.expectEnd();
        }
        awaitConnections(1);
        try (MsgiPeer peer = MsgiPeer.connect(hub.endpoint())) {
            assertThat(resume(peer, token(first), 0, Map.of()).path("reason").asString())
                    .isEqualTo("expired");
        }
    }

    @Test
    void aSessionKeepsSoManyMessagesAndThenTheSenderIsToldSo() throws Exception {
        try (MsgiPeer peer = MsgiPeer.connect(hub.endpoint())) {
            String sid = peer.greet("x").path("sid").asString();
            for (int i = 0; i < 256; i++) send(sid, i);
            JsonNode over = sender.ask(Map.of("id", 5, "send", Map.of("to", sid, "d", 256)));
            assertThat(over.path("err").path("code").asInt()).isEqualTo(429);
            peer.write(cbor(CONTROL, Map.of("ack", Map.of("s", 256))));
            peer.write(cbor(CONTROL, Map.of()));
            JsonNode next = peer.read().cbor();
            while (!next.isEmpty()) next = peer.read().cbor();
            send(sid, 257);
        }
    }
}
