package io.hawser.conformance.v1;

import static io.hawser.conformance.msgi.MsgiPeer.noise;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.conformance.msgi.MsgiPeer;
import io.hawser.hub.BareMode;
import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.io.ExecutionMode;
import io.hawser.io.IoConfig;
import io.hawser.tcp.ListenConfig;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// hawser.v1 as far as the hub speaks it.
@ParameterizedClass
@MethodSource("io.hawser.conformance.v1.Wire#withModes")
@Timeout(120)
final class RequestsTest {
    @Parameter(0)
    private Wire wire = Wire.MSGI;

    @Parameter(1)
    private ExecutionMode mode = ExecutionMode.VIRTUAL;

    private Hub hub;
    private Client alice;
    private Client bob;
    private String aliceSid = "";
    private String bobSid = "";

    @BeforeEach
    void start() throws IOException {
        hub = Hub.start(HubConfig.on(ListenConfig.on("127.0.0.1:0"))
                .withIo(IoConfig.defaults().withThreads(1))
                .withBare(BareMode.ECHO)
                .withHandlers(mode));
        alice = wire.connect(hub.endpoint());
        bob = wire.connect(hub.endpoint());
        aliceSid = alice.greet("alice").path("sid").asString();
        bobSid = bob.greet("bob").path("sid").asString();
    }

    @AfterEach
    void stop() throws IOException {
        alice.close();
        bob.close();
        hub.close();
    }

    @Test
    void anApplicationPingIsAnswered() throws IOException {
        alice.say(Map.of());
        assertThat(alice.read().isEmpty()).isTrue();
        assertThat(alice.ask(Map.of()).isEmpty()).isTrue();
    }

    @Test
    void sendReachesOneSessionWithWhatTheHubKnowsOfItsSender() throws IOException {
        Map<String, ?> value = Map.of("n", 1, "list", List.of(true, 2.5, "x"));
        JsonNode ok = alice.ask(Map.of("id", 5, "send", Map.of("to", bobSid, "d", value, "mid", "a2")));
        assertThat(ok.toString()).isEqualTo("{\"id\":5,\"ok\":{}}");
        JsonNode msg = bob.read().path("msg");
        assertThat(msg.path("from").toString()).isEqualTo("{\"sid\":\"" + aliceSid + "\"}");
        assertThat(msg.path("d").path("list").toString()).isEqualTo("[true,2.5,\"x\"]");
    }

    @Test
    void aDirectMessageThatIsSentAgainComesOnce() throws IOException {
        Map<String, ?> request = Map.of("id", 5, "send", Map.of("to", bobSid, "d", 1, "mid", "a2"));
        for (int i = 0; i < 3; i++) assertThat(alice.ask(request).has("ok")).isTrue();
        alice.ask(Map.of("id", 5, "send", Map.of("to", bobSid, "d", 2, "mid", "a3")));
        // The name is the sender's own.
        assertThat(bob.read().path("msg").path("d").asInt()).isEqualTo(1);
        assertThat(bob.read().path("msg").path("d").asInt()).isEqualTo(2);
        bob.say(Map.of("id", 5, "send", Map.of("to", bobSid, "d", 3, "mid", "a2")));
        JsonNode first = bob.read();
        JsonNode second = bob.read();
        assertThat((first.has("msg") ? first : second).path("msg").path("d").asInt())
                .isEqualTo(3);
        expectErr(400, alice.ask(Map.of("id", 3, "send", Map.of("to", bobSid, "d", 1, "mid", "x".repeat(256)))));
    }

    @Test
    void bytesArriveAsBytes() throws IOException {
        alice.ask(Map.of("id", 1, "send", Map.of("to", bobSid, "b", noise(300))));
        assertThat(bob.read().path("msg").path("b").binaryValue()).isEqualTo(noise(300));
    }

    @Test
    void broadcastReachesEverySession() throws IOException {
        alice.say(Map.of("id", 6, "bcast", Map.of("d", "all")));
        JsonNode first = alice.read();
        JsonNode second = alice.read();
        JsonNode answer = first.has("msg") ? second : first;
        assertThat(answer.toString()).isEqualTo("{\"id\":6,\"ok\":{\"n\":2}}");
        assertThat((first.has("msg") ? first : second).path("msg").path("d").asString())
                .isEqualTo("all");
        assertThat(bob.read().path("msg").path("d").asString()).isEqualTo("all");
    }

    @Test
    void aBarePeerGetsTextAndBytesAsTheyAre() throws IOException {
        try (MsgiPeer bare = MsgiPeer.connect(hub.endpoint())) {
            bare.echoes(noise(1));
            String bareSid = hub.sessions().stream()
                    .filter(session -> !session.isGreeted())
                    .findFirst()
                    .orElseThrow()
                    .id();
            alice.ask(Map.of("id", 1, "send", Map.of("to", bareSid, "d", "psst")));
            bare.expectText("psst");
            alice.ask(Map.of("id", 2, "send", Map.of("to", bareSid, "b", noise(5))));
            bare.expectData(noise(5));
            expectErr(400, alice.ask(Map.of("id", 3, "send", Map.of("to", bareSid, "d", 7))));
        }
    }

    @Test
    void whatCannotBeDoneIsAnErrorThatTheSessionOutlives() throws IOException {
        expectErr(404, alice.ask(Map.of("id", 3, "send", Map.of("to", "nobody", "d", 1))));
        expectErr(404, alice.ask(Map.of("id", 3, "send", Map.of("d", 1))));
        expectErr(400, alice.ask(Map.of("id", 3, "send", Map.of("to", bobSid))));
        expectErr(400, alice.ask(Map.of("id", 3, "bcast", Map.of())));
        expectErr(404, alice.ask(Map.of("id", 3, "dance", Map.of())));
        expectErr(400, alice.ask(Map.of("id", 3, "pub", Map.of("topic", "t"))));
        expectErr(400, alice.ask(Map.of("id", 3, "pub", Map.of("topic", "a..b", "d", 1))));
        expectErr(403, alice.ask(Map.of("id", 3, "pub", Map.of("topic", "$sys", "d", 1))));
        alice.say(Map.of("id", 3, "sub", Map.of("topic", "a b")));
        expectErr(400, alice.read());
        alice.say(Map.of("id", 3, "unsub", Map.of("topic", "t")));
        expectErr(404, alice.read());
    }

    private static void expectErr(int code, JsonNode answer) {
        assertThat(answer.path("id").asInt()).isEqualTo(3);
        assertThat(answer.path("err").path("code").asInt())
                .as(answer.toString())
                .isEqualTo(code);
    }

    @Test
    void whatIsNoRequestIs4004() throws IOException {
        alice.sayGarbage();
        alice.expectGoodbye(4004);
        bob.say(Map.of("id", -1, "bcast", Map.of("d", 1)));
        bob.expectGoodbye(4004);
    }

    @Test
    void whatIsNestedTooDeeplyIs4004() throws IOException {
        alice.sayNested(100);
        alice.expectGoodbye(4004);
    }

    @Test
    void aRequestBeforeTheHelloIs4010() throws IOException {
        try (Client rude = wire.connect(hub.endpoint())) {
            rude.say(Map.of("id", 1, "who", Map.of("topic", "t")));
            rude.expectGoodbye(4010);
        }
    }

    @Test
    void aSecondHelloIsRefusedAndChangesNothing() throws IOException {
        expectErr(400, alice.ask(Map.of("id", 3, "hello", Map.of("client", "eve"))));
        assertThat(alice.subscribe("t").path("topic").asString()).isEqualTo("t");
    }
}
