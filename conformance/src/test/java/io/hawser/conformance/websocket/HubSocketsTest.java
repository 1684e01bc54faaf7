package io.hawser.conformance.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.hub.BareMode;
import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.hub.access.AccessConfig;
import io.hawser.session.Message;
import io.hawser.tcp.ListenConfig;
import io.hawser.websocket.Deflate;
import io.hawser.websocket.WebSocket;
import io.hawser.websocket.WebSocketClientConfig;
import io.hawser.websocket.WebSocketConfig;
import io.hawser.websocket.WebSockets;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The hub's WebSockets, as contract and PROTOCOL.md have them.
@Timeout(120)
class HubSocketsTest {
    private static Hub hub(BareMode bare) {
        return Hub.start(HubConfig.on(ListenConfig.on("127.0.0.1:0")).withBare(bare));
    }

    private static Peer open(Hub hub, String path) throws Exception {
        Peer peer = new Peer(
                new Socket(InetAddress.getLoopbackAddress(), hub.endpoint().port()), true);
        assertThat(peer.askFor(path, "")).startsWith("HTTP/1.1 101 ");
        return peer;
    }

    private static String text(Peer peer) throws Exception {
        return new String(peer.read().orElseThrow().payload(), java.nio.charset.StandardCharsets.UTF_8);
    }

    @Test
    void managedPeersTalkInTexts() throws Exception {
        try (Hub hub = hub(BareMode.MANAGED);
                Peer ann = open(hub, "/ws");
                Peer bob = open(hub, "/ws")) {
            ann.send(Frame.text("hi"), 0);
            assertThat(text(ann)).isEqualTo("Echo: hi");
            ann.send(Frame.text("BROADCAST"), 0);
            String heard = text(bob);
            assertThat(heard).startsWith("Broadcast from ").isEqualTo(text(ann));
            String annsId = heard.substring("Broadcast from ".length());
            bob.send(Frame.text("PRIVATE:" + annsId + ":psst: you"), 0);
            assertThat(text(ann)).startsWith("Private from ").endsWith(": psst: you");
            bob.send(Frame.text("PRIVATE:nobody:x"), 0);
            assertThat(text(bob)).isEqualTo("ERROR: Session nobody not found");
            ann.send(Frame.binary((byte) 1), 0);
            assertThat(ann.read().orElseThrow().closeCode()).isEqualTo(1003);
        }
    }

    @Test
    void echoHearsNothingOfWhatOthersSend() throws Exception {
        try (Hub hub = hub(BareMode.MANAGED);
                Peer echo = open(hub, "/echo");
                Peer ann = open(hub, "/ws")) {
            ann.send(Frame.text("BROADCAST"), 0);
            assertThat(text(ann)).startsWith("Broadcast from ");
            echo.send(Frame.text("x"), 0);
            assertThat(text(echo)).isEqualTo("x");
        }
    }

    @Test
    void echoSendsEverythingBackWithItsTypeInEveryBareMode() throws Exception {
        for (BareMode bare : BareMode.values()) {
            try (Hub hub = hub(bare);
                    Peer peer = open(hub, "/echo")) {
                peer.send(Frame.binary((byte) 1, (byte) 2), 0);
                assertThat(peer.read().orElseThrow().isSameAs(Frame.binary((byte) 1, (byte) 2)))
                        .isTrue();
                peer.send(Frame.text("x"), 0);
                assertThat(peer.read().orElseThrow().isSameAs(Frame.text("x"))).isTrue();
            }
        }
    }

    @Test
    void compressionIsForWhoOffersItWhereItIsSwitchedOn() throws Exception {
        String offer = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n";
        for (boolean isOn : new boolean[] {false, true}) {
            HubConfig config = HubConfig.on(ListenConfig.on("127.0.0.1:0")).withBare(BareMode.ECHO);
            try (Hub hub = Hub.start(config.withProtocols(config.protocols().withCompression(isOn)))) {
                for (String path : new String[] {"/ws", "/echo"}) {
                    try (Peer peer = new Peer(
                            new Socket(
                                    InetAddress.getLoopbackAddress(),
                                    hub.endpoint().port()),
                            true)) {
                        String answer = peer.askFor(path, offer);
                        assertThat(answer).startsWith("HTTP/1.1 101 ");
                        assertThat(answer.contains("permessage-deflate; server_no_context_takeover"))
                                .isEqualTo(isOn);
                    }
                    WebSocketClientConfig client = WebSocketClientConfig.to("ws://" + hub.endpoint() + path)
                            .withWebSocket(WebSocketConfig.defaults().withDeflate(Deflate.defaults()));
                    try (WebSocket socket = WebSockets.connect(client)) {
                        Message words = Message.text("words, words, ".repeat(1000));
                        var _ = socket.send(words);
                        assertThat(socket.receive().equals(words)).isTrue();
                        long bytes = socket.session().orElseThrow().stats().bytesReceived();
                        assertThat(bytes < words.size()).isEqualTo(isOn);
                    }
                }
            }
        }
    }

    @Test
    void whoOffersCompressionGetsItByDefault() throws Exception {
        try (Hub hub = hub(BareMode.ECHO);
                Peer peer = new Peer(
                        new Socket(
                                InetAddress.getLoopbackAddress(), hub.endpoint().port()),
                        true)) {
            assertThat(peer.askFor("/echo", "Sec-WebSocket-Extensions: permessage-deflate\r\n"))
                    .contains("permessage-deflate; server_no_context_takeover");
        }
    }

    @Test
    void whatIsPublishedAndSentToAllComesCompressedToWhoAgreedToThat() throws Exception {
        WebSocketConfig plain = WebSocketConfig.defaults().withSubprotocols("hawser.v1.json");
        try (Hub hub = hub(BareMode.OFF)) {
            WebSocketClientConfig to = WebSocketClientConfig.to("ws://" + hub.endpoint() + "/ws");
            try (WebSocket one = WebSockets.connect(to.withWebSocket(plain.withDeflate(Deflate.defaults())));
                    WebSocket two = WebSockets.connect(to.withWebSocket(
                            plain.withDeflate(Deflate.defaults().withWindowBits(9, 15))));
                    WebSocket other = WebSockets.connect(to.withWebSocket(plain))) {
                String words = "words, words, ".repeat(300);
                for (WebSocket each : new WebSocket[] {one, two, other}) {
                    var _ = each.send("{\"id\":1,\"hello\":{}}");
                    var _ = each.send("{\"id\":2,\"sub\":{\"topic\":\"room.1\"}}");
                    assertThat(each.receive().text()).contains("welcome");
                    assertThat(each.receive().text()).contains("recovered");
                }
                var _ = other.send("{\"id\":3,\"pub\":{\"topic\":\"room.1\",\"d\":\"" + words + "\"}}");
                var _ = other.send("{\"id\":4,\"bcast\":{\"d\":\"" + words + "\"}}");
                for (WebSocket each : new WebSocket[] {one, two, other}) {
                    int whole = 0;
                    for (int heard = 0; heard < 2; ) {
                        Message message = each.receive();
                        if (!message.text().contains(words)) continue; // an answer
                        heard++;
                        whole += message.size();
                    }
                    long bytes = each.session().orElseThrow().stats().bytesReceived();
                    if (each == other) assertThat(bytes).isGreaterThan(whole);
                    else assertThat(bytes).isLessThan(whole / 4);
                }
            }
        }
    }

    @Test
    void aMessageOver1MiBIs1009() throws Exception {
        try (Hub hub = hub(BareMode.ECHO);
                Peer peer = open(hub, "/ws")) {
            peer.send(Frame.binary(new byte[(1 << 20) + 1]).cutTo(0), 0);
            assertThat(peer.read().orElseThrow().closeCode()).isEqualTo(1009);
        }
    }

    @Test
    void otherNamesOtherOriginsAndBareModeOffAreRefused() throws Exception {
        try (Hub hub = hub(BareMode.MANAGED);
                Peer evil = new Peer(
                        new Socket(
                                InetAddress.getLoopbackAddress(), hub.endpoint().port()),
                        true);
                Peer rebound = new Peer(
                        new Socket(
                                InetAddress.getLoopbackAddress(), hub.endpoint().port()),
                        true)) {
            assertThat(evil.askFor("/ws", "Origin: http://evil.example\r\n")).startsWith("HTTP/1.1 403 ");
            assertThat(rebound.askAs("evil.example", "/ws", "Origin: http://evil.example\r\n"))
                    .startsWith("HTTP/1.1 421 ");
        }
        try (Hub hub = hub(BareMode.OFF);
                Peer peer = new Peer(
                        new Socket(
                                InetAddress.getLoopbackAddress(), hub.endpoint().port()),
                        true)) {
            assertThat(peer.askFor("/ws", "")).startsWith("HTTP/1.1 403 ").contains("application/problem+json");
        }
    }

    @Test
    void aPageOfAnOriginThatMayCallOpensASocket() throws Exception {
        HubConfig config = HubConfig.on(ListenConfig.on("127.0.0.1:0"))
                .withBare(BareMode.ECHO)
                .withAccess(AccessConfig.defaults().withOrigins("https://ours.example:443"));
        try (Hub hub = Hub.start(config)) {
            for (String path : new String[] {"/ws", "/echo"}) {
                for (String origin : new String[] {"https://ours.example", "https://evil.example"}) {
                    try (Peer peer = new Peer(
                            new Socket(
                                    InetAddress.getLoopbackAddress(),
                                    hub.endpoint().port()),
                            true)) {
                        boolean isOurs = origin.contains("ours");
                        assertThat(peer.askFor(path, "Origin: " + origin + "\r\nSec-Fetch-Site: cross-site\r\n"))
                                .startsWith(isOurs ? "HTTP/1.1 101 " : "HTTP/1.1 403 ");
                    }
                }
            }
        }
    }

    @Test
    void aDrainTellsPeersToGoAway() throws Exception {
        Hub hub = hub(BareMode.MANAGED);
        try (Peer peer = open(hub, "/ws")) {
            peer.send(Frame.text("hi"), 0);
            assertThat(text(peer)).isEqualTo("Echo: hi");
            Thread draining = Thread.ofVirtual().start(() -> hub.drain(Duration.ofSeconds(30)));
            assertThat(peer.read().orElseThrow().closeCode()).isEqualTo(1001);
            peer.send(Frame.close(1001), 0);
            assertThat(peer.read()).isEmpty();
            draining.join();
        }
    }
}
