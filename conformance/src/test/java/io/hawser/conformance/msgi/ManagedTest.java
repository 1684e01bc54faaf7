package io.hawser.conformance.msgi;

import static io.hawser.conformance.msgi.MsgiPeer.DATA;
import static io.hawser.conformance.msgi.MsgiPeer.ERROR;
import static io.hawser.conformance.msgi.MsgiPeer.frame;
import static io.hawser.conformance.msgi.MsgiPeer.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.hub.BareMode;
import io.hawser.hub.Hub;
import io.hawser.io.ExecutionMode;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

@ParameterizedClass
@EnumSource
@Timeout(120)
final class ManagedTest {
    @Parameter
    private ExecutionMode mode = ExecutionMode.VIRTUAL;

    private Hub hub;
    private MsgiPeer peer;
    private String sid = "";

    @BeforeEach
    void start() throws IOException {
        hub = Hub.start(Hubs.echo().withBare(BareMode.MANAGED).withHandlers(mode));
        peer = MsgiPeer.connect(hub.endpoint());
        peer.write(text("BROADCAST"));
        sid = sidIn(peer.read().text(), "Broadcast from ");
    }

    @AfterEach
    void stop() throws IOException {
        peer.close();
        hub.close();
    }

    private static String sidIn(String text, String before) {
        assertThat(text).startsWith(before);
        return text.substring(before.length());
    }

    @ParameterizedTest
    @CsvSource({
        "hello, Echo: hello",
        "'', 'Echo: '",
        "Grüße €, Echo: Grüße €",
        "broadcast, Echo: broadcast",
        "BROADCAST!, Echo: BROADCAST!",
        "PRIVATE, Echo: PRIVATE",
        "PRIVATE:, Echo: PRIVATE:",
        "PRIVATE:nobody, Echo: PRIVATE:nobody",
        "PRIVATE:nobody:, ERROR: Session nobody not found",
        "PRIVATE:nobody:a:b, ERROR: Session nobody not found",
        "PRIVATE::a, 'ERROR: Session  not found'",
    })
    void whatIsNoCommandComesBack(String sent, String answer) throws IOException {
        peer.write(text(sent));
        peer.expectText(answer);
    }

    @Test
    void aBroadcastReachesAllAndItsSender() throws IOException {
        try (MsgiPeer second = MsgiPeer.connect(hub.endpoint());
                MsgiPeer third = MsgiPeer.connect(hub.endpoint())) {
            second.write(text("x"));
            second.expectText("Echo: x");
            third.write(text("x"));
            third.expectText("Echo: x");
            peer.write(text("BROADCAST"));
            for (MsgiPeer each : new MsgiPeer[] {peer, second, third}) each.expectText("Broadcast from " + sid);
        }
    }

    @Test
    void aPrivateTextMayHoldColonsAndOnlyItsReceiverSeesIt() throws IOException {
        try (MsgiPeer second = MsgiPeer.connect(hub.endpoint())) {
            second.write(text("BROADCAST"));
            String secondSid = sidIn(second.read().text(), "Broadcast from ");
            peer.expectText("Broadcast from " + secondSid);

            second.write(text("PRIVATE:" + sid + ":see: 12:30"));
            peer.expectText("Private from " + secondSid + ": see: 12:30");
            second.write(text("x"));
            second.expectText("Echo: x");
        }
    }

    @Test
    void aPeerThatSaidHelloGetsThemAsMessages() throws IOException {
        try (MsgiPeer greeted = MsgiPeer.connect(hub.endpoint())) {
            String greetedSid = greeted.greet("web-7").path("sid").asString();
            peer.write(text("BROADCAST"));
            expectMsg(greeted, "Broadcast from " + sid);
            peer.expectText("Broadcast from " + sid);
            peer.write(text("PRIVATE:" + greetedSid + ":hi"));
            expectMsg(greeted, "Private from " + sid + ": hi");
        }
    }

    private void expectMsg(MsgiPeer greeted, String text) throws IOException {
        JsonNode msg = greeted.readMap(DATA).path("msg");
        assertThat(msg.path("d").asString()).isEqualTo(text);
        assertThat(msg.path("from").path("sid").asString()).isEqualTo(sid);
    }

    @Test
    void whatIsNoUtf8Is4004() throws IOException {
        peer.write(frame(DATA, (byte) 'x', (byte) 0xC3));
        peer.expectGoodbye(ERROR, 4004);
    }
}
