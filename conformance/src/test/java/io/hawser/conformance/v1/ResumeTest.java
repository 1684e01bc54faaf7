package io.hawser.conformance.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.hawser.conformance.msgi.MsgiPeer;
import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.io.ExecutionMode;
import io.hawser.io.IoConfig;
import io.hawser.tcp.ListenConfig;
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
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// Sessions that outlive their connection.
@ParameterizedClass
@MethodSource("io.hawser.conformance.v1.Wire#withModes")
@Timeout(120)
final class ResumeTest {
    @Parameter(0)
    private Wire wire = Wire.MSGI;

    @Parameter(1)
    private ExecutionMode mode = ExecutionMode.VIRTUAL;

    private Hub hub;
    private Client sender;

    @BeforeEach
    void start() throws IOException {
        hub = Hub.start(HubConfig.on(ListenConfig.on("127.0.0.1:0"))
                .withIo(IoConfig.defaults().withThreads(1))
                .withHandlers(mode));
        sender = wire.connect(hub.endpoint());
        sender.greet("sender");
    }

    @AfterEach
    void stop() throws IOException {
        sender.close();
        hub.close();
    }

    private JsonNode resume(Client peer, String token, long s, Map<String, ?> more) throws IOException {
        Map<String, Object> hello = new HashMap<>(more);
        hello.put("resume", token);
        hello.put("s", s);
        peer.say(Map.of("id", 1, "hello", hello));
        return peer.read().path("welcome");
    }

    private static String token(JsonNode welcome) {
        return welcome.path("resume").asString();
    }

    /// Until the hub has seen that a connection has gone.
    private void awaitConnections(int count) throws InterruptedException {
        for (int i = 0; i < 3000 && hub.sessions().count() != count; i++) TimeUnit.MILLISECONDS.sleep(10);
        assertThat(hub.sessions().count()).isEqualTo(count);
    }

    @Test
    void aConnectionThatIsCutWithinAFrameIsLostAsAnyOther() throws Exception {
        assumeThat(wire).isEqualTo(Wire.MSGI);
        String token;
        try (MsgiPeer cut = MsgiPeer.connect(hub.endpoint())) {
            token = token(cut.greet("cut"));
            cut.write((byte) 'M', (byte) 'S', (byte) 'G', (byte) 'I', (byte) 0);
            cut.endOutput();
            cut.expectGoodbye(MsgiPeer.ERROR, 4004);
        }
        awaitConnections(1);
        try (Client back = wire.connect(hub.endpoint())) {
            assertThat(resume(back, token, 0, Map.of()).path("resumed").asBoolean())
                    .isTrue();
        }
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
        try (Client peer = wire.connect(hub.endpoint())) {
            first = peer.greet("x");
            for (int i = 1; i <= 3; i++) {
                send(first.path("sid").asString(), i);
                assertThat(peer.read().path("msg").path("s").asInt()).isEqualTo(i);
            }
            peer.say(Map.of("ack", Map.of("s", 1)));
        }
        awaitConnections(1);
        send(first.path("sid").asString(), 4);
        try (Client peer = wire.connect(hub.endpoint())) {
            JsonNode again = resume(peer, token(first), 2, Map.of());
            assertThat(again.path("resumed").asBoolean()).isTrue();
            assertThat(again.path("sid")).isEqualTo(first.path("sid"));
            assertThat(peer.read().path("msg").path("d").asInt()).isEqualTo(3);
            JsonNode last = peer.read().path("msg");
            assertThat(last.path("d").asInt()).isEqualTo(4);
            assertThat(last.path("s").asInt()).isEqualTo(4);
        }
    }

    @Test
    void subscriptionsAreKeptAndWhatWasMissedComes() throws Exception {
        JsonNode first;
        try (Client peer = wire.connect(hub.endpoint())) {
            first = peer.greet("x");
            peer.say(Map.of("id", 2, "sub", Map.of("topic", "room.1")));
            peer.read();
            publish("room.1", 1);
            assertThat(peer.read().path("pub").path("d").asInt()).isEqualTo(1);
        }
        awaitConnections(1);
        for (int i = 2; i <= 4; i++) publish("room.1", i);
        try (Client peer = wire.connect(hub.endpoint())) {
            assertThat(resume(peer, token(first), 0, Map.of()).path("resumed").asBoolean())
                    .isTrue();
            publish("room.1", 5);
            for (int i = 2; i <= 5; i++) {
                assertThat(peer.read().path("pub").path("d").asInt()).isEqualTo(i);
            }
        }
    }

    @Test
    void aClientThatSaysWhereItIsGetsAllSinceThere() throws Exception {
        JsonNode first;
        JsonNode head;
        try (Client peer = wire.connect(hub.endpoint())) {
            first = peer.greet("x");
            peer.say(Map.of("id", 2, "sub", Map.of("topic", "room.1")));
            head = peer.read().path("sub");
            publish("room.1", 1);
        }
        awaitConnections(1);
        publish("room.1", 2);
        try (Client peer = wire.connect(hub.endpoint())) {
            Map<String, ?> at = Map.of(
                    "e",
                    head.path("e").asString(),
                    "o",
                    head.path("o").asLong(),
                    "g",
                    head.path("g").asString());
            resume(peer, token(first), 0, Map.of("pos", Map.of("room.1", at)));
            for (int i = 1; i <= 2; i++) {
                assertThat(peer.read().path("pub").path("d").asInt()).isEqualTo(i);
            }
        }
    }

    @Test
    void theNewestConnectionCutsTheOlderOneOff() throws Exception {
        try (Client old = wire.connect(hub.endpoint());
                Client peer = wire.connect(hub.endpoint())) {
            JsonNode first = old.greet("x");
            JsonNode second = resume(peer, token(first), 0, Map.of());
            assertThat(second.path("resumed").asBoolean()).isTrue();
            old.expectGoodbye(4013);
            send(first.path("sid").asString(), "here");
            assertThat(peer.read().path("msg").path("d").asString()).isEqualTo("here");
        }
    }

    @Test
    void tokensRotateAndTheOneBeforeIsGoodUntilTheNewOneIsUsed() throws Exception {
        try (Client a = wire.connect(hub.endpoint());
                Client b = wire.connect(hub.endpoint());
                Client c = wire.connect(hub.endpoint());
                Client d = wire.connect(hub.endpoint())) {
            String first = token(a.greet("x"));
            String second = token(resume(b, first, 0, Map.of()));
            assertThat(second).isNotEqualTo(first);
            JsonNode again = resume(c, first, 0, Map.of());
            assertThat(again.path("resumed").asBoolean()).isTrue();
            resume(d, token(again), 0, Map.of());
            try (Client e = wire.connect(hub.endpoint())) {
                JsonNode late = resume(e, first, 0, Map.of());
                assertThat(late.path("resumed").asBoolean()).isFalse();
                assertThat(late.path("reason").asString()).isEqualTo("expired");
            }
        }
    }

    @Test
    void aSessionGoesOnOnAnyOtherTransport() throws Exception {
        Client before = wire.connect(hub.endpoint());
        JsonNode welcome = before.greet("x");
        before.subscribe("room.1");
        int n = 0;
        for (Wire next : Wire.values()) {
            before.close();
            awaitConnections(1);
            send(welcome.path("sid").asString(), ++n);
            publish("room.1", ++n);
            before = next.connect(hub.endpoint());
            JsonNode again = resume(before, token(welcome), n / 2 - 1, Map.of());
            assertThat(again.path("resumed").asBoolean()).isTrue();
            assertThat(again.path("sid")).isEqualTo(welcome.path("sid"));
            JsonNode direct = before.read();
            assertThat(direct.path("msg").path("d").asInt())
                    .as(direct.toString())
                    .isEqualTo(n - 1);
            assertThat(direct.path("msg").path("s").asInt()).isEqualTo(n / 2);
            assertThat(before.read().path("pub").path("d").asInt()).isEqualTo(n);
            welcome = again;
        }
        before.close();
    }

    @Test
    void aTokenThatTheHubDidNotIssueOpensANewSession() throws Exception {
        try (Client peer = wire.connect(hub.endpoint());
                Client other = wire.connect(hub.endpoint())) {
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
        try (Client peer = wire.connect(hub.endpoint())) {
            first = peer.greet("x");
            peer.sayGoodbye(1000);
        }
        awaitConnections(1);
        try (Client peer = wire.connect(hub.endpoint())) {
            assertThat(resume(peer, token(first), 0, Map.of()).path("reason").asString())
                    .isEqualTo("expired");
        }
    }

    @Test
    void aSessionKeepsSoManyMessagesAndThenTheSenderIsToldSo() throws Exception {
        try (Client peer = wire.connect(hub.endpoint())) {
            String sid = peer.greet("x").path("sid").asString();
            for (int i = 0; i < 256; i++) send(sid, i);
            JsonNode over = sender.ask(Map.of("id", 5, "send", Map.of("to", sid, "d", 256)));
            assertThat(over.path("err").path("code").asInt()).isEqualTo(429);
            peer.say(Map.of("ack", Map.of("s", 256)));
            peer.say(Map.of());
            JsonNode next = peer.read();
            while (!next.isEmpty()) next = peer.read();
            send(sid, 257);
        }
    }
}
