package io.hawser.conformance.msgi;

import static io.hawser.conformance.msgi.MsgiPeer.CONTROL;
import static io.hawser.conformance.msgi.MsgiPeer.DATA;
import static io.hawser.conformance.msgi.MsgiPeer.ERROR;
import static io.hawser.conformance.msgi.MsgiPeer.PING;
import static io.hawser.conformance.msgi.MsgiPeer.PONG;
import static io.hawser.conformance.msgi.MsgiPeer.cbor;
import static io.hawser.conformance.msgi.MsgiPeer.frame;
import static io.hawser.conformance.msgi.MsgiPeer.header;
import static io.hawser.conformance.msgi.MsgiPeer.noise;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Endpoint;
import io.hawser.hub.BareMode;
import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.hub.access.AccessConfig;
import io.hawser.io.ConnectionLimits;
import io.hawser.session.SessionConfig;
import io.hawser.tcp.ListenConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

@Timeout(120)
final class GreetingTest {
    private static final int HELLO_LIMIT = 8 << 10;

    @Test
    void aHelloIsWelcomedWithWhatTheSessionIs() throws IOException {
        try (Hub hub = Hub.start(Hubs.echo().withNode("node-1"));
                MsgiPeer peer = MsgiPeer.connect(hub.endpoint())) {
            JsonNode welcome = peer.greet("web-7");
            assertThat(welcome.propertyNames()).containsExactly("server", "sid", "resume", "window", "resumed", "hb");
            assertThat(welcome.path("server").asString()).isEqualTo("node-1");
            assertThat(welcome.path("window").asInt()).isEqualTo(60_000);
            assertThat(welcome.path("resumed").asBoolean()).isFalse();
            assertThat(welcome.path("hb").asInt()).isEqualTo(25_000);
            assertThat(hub.sessions().find(welcome.path("sid").asString()))
                    .hasValueSatisfying(
                            session -> assertThat(session.clientId()).isEqualTo("web-7"));
        }
    }

    /// The vectors of the document.
    @Test
    void theHelloOfTheDocumentIsUnderstood() throws IOException {
        String hello = "4d534749 00000023 0020 a2 626964 01 6568656c6c6f a1 66636c69656e74 657765622d37";
        try (Hub hub = Hubs.start(BareMode.OFF);
                MsgiPeer peer = MsgiPeer.connect(hub.endpoint())) {
            peer.write(HexFormat.of().parseHex(hello.replace(" ", "")));
            assertThat(peer.readMap(CONTROL).path("welcome").path("sid").asString())
                    .hasSize(13);
        }
    }

    /// Encoders that write a stream do so, Jackson among them.
    @Test
    void aHelloWithStringsInChunksIsUnderstood() throws IOException {
        String hello = "4d534749 00000000 0020 bf 7f 6169 6164 ff 01 6568656c6c6f"
                + "bf 66636c69656e74 7f 63776562 622d37 ff ff ff";
        byte[] frame = HexFormat.of().parseHex(hello.replace(" ", ""));
        frame[7] = (byte) frame.length;
        try (Hub hub = Hubs.start(BareMode.OFF);
                MsgiPeer peer = MsgiPeer.connect(hub.endpoint())) {
            peer.write(frame);
            JsonNode answer = peer.readMap(CONTROL);
            assertThat(answer.path("id").asInt()).isOne();
            String sid = answer.path("welcome").path("sid").asString();
            assertThat(hub.sessions().find(sid))
                    .hasValueSatisfying(
                            session -> assertThat(session.clientId()).isEqualTo("web-7"));
        }
    }

    @Test
    void keysThatItDoesNotKnowAreIgnored() throws IOException {
        try (Hub hub = Hubs.start(BareMode.OFF);
                MsgiPeer peer = MsgiPeer.connect(hub.endpoint())) {
            Map<String, ?> hello =
                    Map.of("client", "x", "auth", Map.of("bearer", "t"), "codecs", List.of("zstd"), "s", 1);
            peer.write(cbor(CONTROL, Map.of("id", 9, "hello", hello, "later", List.of(1, Map.of("deep", true)))));
            JsonNode answer = peer.readMap(CONTROL);
            assertThat(answer.path("id").asInt()).isEqualTo(9);
            assertThat(answer.has("welcome")).isTrue();
        }
    }

    @Test
    void pingsBeforeTheHelloDoNotDecideTheMode() throws IOException {
        try (Hub hub = Hubs.start(BareMode.OFF);
                MsgiPeer peer = MsgiPeer.connect(hub.endpoint())) {
            peer.write(frame(PING, noise(3)));
            MsgiPeer.Received pong = peer.read();
            assertThat(pong.type()).isEqualTo(PONG);
            assertThat(pong.payload()).isEqualTo(noise(3));
            assertThat(peer.greet("x").has("sid")).isTrue();
        }
    }

    @Test
    void anotherHelloIsRefused() throws IOException {
        try (Hub hub = Hubs.start(BareMode.ECHO);
                MsgiPeer peer = MsgiPeer.connect(hub.endpoint())) {
            peer.greet("x");
            peer.write(cbor(CONTROL, Map.of("id", 2, "hello", Map.of("client", "y"))));
            JsonNode answer = peer.readMap(CONTROL);
            assertThat(answer.path("id").asInt()).isEqualTo(2);
            assertThat(answer.path("err").path("code").asInt()).isEqualTo(400);
        }
    }

    @Test
    void aHelloOfEightKibibytesIsReadAndOneByteMoreIs4002() throws IOException {
        try (Hub hub = Hubs.start(BareMode.ECHO);
                MsgiPeer largest = MsgiPeer.connect(hub.endpoint());
                MsgiPeer over = MsgiPeer.connect(hub.endpoint())) {
            byte[] hello = padded(HELLO_LIMIT);
            largest.write(hello);
            assertThat(largest.readMap(CONTROL).has("welcome")).isTrue();

            over.write(header(10 + HELLO_LIMIT + 1, CONTROL));
            over.expectGoodbye(ERROR, 4002);
        }
    }

    /// A hello of that size, in texts so short that the encoder of the test does not split them.
    private static byte[] padded(int payloadBytes) {
        Map<String, String> hello = new LinkedHashMap<>();
        for (int i = 0; i < payloadBytes / 1000; i++) hello.put("pad" + i, "x".repeat(900));
        for (int padding = 0; ; padding++) {
            hello.put("last", "x".repeat(padding));
            byte[] frame = cbor(CONTROL, Map.of("id", 1, "hello", hello));
            if (frame.length == 10 + payloadBytes) return frame;
        }
    }

    @Test
    void aClientNameMayHave255Characters() throws IOException {
        try (Hub hub = Hubs.start(BareMode.OFF);
                MsgiPeer longest = MsgiPeer.connect(hub.endpoint());
                MsgiPeer over = MsgiPeer.connect(hub.endpoint())) {
            assertThat(longest.greet("x".repeat(255)).has("sid")).isTrue();
            over.write(cbor(CONTROL, Map.of("id", 1, "hello", Map.of("client", "x".repeat(256)))));
            over.expectGoodbye(ERROR, 4004);
        }
    }

    @Test
    void whatIsNoHelloGetsItsCode() throws IOException {
        try (Hub hub = Hubs.start(BareMode.ECHO)) {
            first(hub, 4010, cbor(CONTROL, Map.of("id", 1, "sub", Map.of("topic", "t"))));
            first(hub, 4010, cbor(CONTROL, Map.of()));
            first(hub, 4004, frame(CONTROL));
            first(hub, 4004, frame(CONTROL, (byte) 0xff));
            first(hub, 4004, frame(CONTROL, (byte) 0x80));
            first(hub, 4004, cbor(CONTROL, Map.of("id", "one", "hello", Map.of())));
            first(hub, 4004, cbor(CONTROL, Map.of("id", 1, "hello", "web-7")));
        }
    }

    @Test
    void withoutBareModeDataBeforeTheHelloIs4010() throws IOException {
        try (Hub hub = Hubs.start(BareMode.OFF)) {
            first(hub, 4010, frame(DATA, noise(5)));
        }
        HubConfig everywhere = HubConfig.on(ListenConfig.on("0.0.0.0:0"))
                .withAccess(AccessConfig.defaults().withAdminToken("of a test"));
        try (Hub hub = Hub.start(everywhere);
                MsgiPeer peer =
                        MsgiPeer.connect(Endpoint.of("127.0.0.1", hub.endpoint().port()))) {
            peer.write(frame(DATA, noise(5)));
            peer.expectGoodbye(ERROR, 4010);
        }
    }

    private static void first(Hub hub, int code, byte... frame) throws IOException {
        try (MsgiPeer peer = MsgiPeer.connect(hub.endpoint())) {
            peer.write(frame);
            peer.expectGoodbye(ERROR, code);
        }
    }

    @Test
    void whoSaysNoHelloInTimeIsToldThatPingsAreNone() throws IOException {
        UnaryOperator<SessionConfig> hurried = session -> session.withHelloTimeout(Duration.ofSeconds(3));
        try (Hub hub = Hubs.withTimes(hurried, UnaryOperator.identity());
                MsgiPeer pinging = MsgiPeer.connect(hub.endpoint());
                MsgiPeer bare = MsgiPeer.connect(hub.endpoint());
                MsgiPeer greeted = MsgiPeer.connect(hub.endpoint())) {
            bare.echoes(noise(10));
            greeted.greet("x");
            pinging.write(frame(PING));
            assertThat(pinging.read().type()).isEqualTo(PONG);
            pinging.expectGoodbye(ERROR, 4010);
            bare.echoes(noise(10));
            assertThat(greeted.ask(Map.of()).isEmpty()).isTrue();
        }
    }

    @Test
    void whoSaysNothingAtAllIsClosedWithoutAnAnswer() throws IOException {
        HubConfig hurried = Hubs.echo();
        hurried = hurried.withListen(hurried.listen().withRecognizeTimeout(Duration.ofMillis(300)));
        try (Hub hub = Hub.start(hurried);
                MsgiPeer silent = MsgiPeer.connect(hub.endpoint());
                MsgiPeer slow = MsgiPeer.connect(hub.endpoint())) {
            slow.write((byte) 'M', (byte) 'S');
            silent.expectEnd();
            slow.expectEnd();
        }
    }

    @Test
    void aFrameThatIsNotCompletedInTimeIs4004() throws IOException {
        UnaryOperator<ConnectionLimits> hurried = limits -> limits.withFrameTimeout(Duration.ofMillis(300));
        try (Hub hub = Hubs.withTimes(UnaryOperator.identity(), hurried);
                MsgiPeer peer = MsgiPeer.connect(hub.endpoint())) {
            peer.echoes(noise(10));
            peer.write(header(20, DATA));
            peer.expectGoodbye(ERROR, 4004);
        }
    }
}
