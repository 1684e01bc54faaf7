package io.hawser.conformance.msgi;

import static io.hawser.conformance.msgi.MsgiPeer.DATA;
import static io.hawser.conformance.msgi.MsgiPeer.DISCONNECT;
import static io.hawser.conformance.msgi.MsgiPeer.ERROR;
import static io.hawser.conformance.msgi.MsgiPeer.HEARTBEAT;
import static io.hawser.conformance.msgi.MsgiPeer.PING;
import static io.hawser.conformance.msgi.MsgiPeer.PONG;
import static io.hawser.conformance.msgi.MsgiPeer.cbor;
import static io.hawser.conformance.msgi.MsgiPeer.frame;
import static io.hawser.conformance.msgi.MsgiPeer.join;
import static io.hawser.conformance.msgi.MsgiPeer.noise;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.hub.Hub;
import io.hawser.io.ConnectionLimits;
import io.hawser.io.ExecutionMode;
import io.hawser.session.SessionConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
final class ControlFramesTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 124, 125})
    void aPingIsAnsweredWithItsPayload(int size) throws IOException {
        try (Hub hub = Hub.start(Hubs.echo());
                MsgiPeer peer = MsgiPeer.connect(hub.endpoint())) {
            expectPong(peer, noise(size));
            peer.echoes(noise(10));
            expectPong(peer, noise(size));
        }
    }

    private static void expectPong(MsgiPeer peer, byte... payload) throws IOException {
        peer.write(frame(PING, payload));
        MsgiPeer.Received pong = peer.read();
        assertThat(pong.type()).isEqualTo(PONG);
        assertThat(pong.payload()).isEqualTo(payload);
    }

    @Test
    void heartbeatsAndPongsAreNotAnswered() throws IOException {
        try (Hub hub = Hub.start(Hubs.echo());
                MsgiPeer peer = MsgiPeer.connect(hub.endpoint())) {
            peer.write(join(frame(HEARTBEAT), frame(PONG, noise(7)), frame(HEARTBEAT), frame(DATA, noise(3))));
            peer.expectData(noise(3));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoEndsHisOutputGetsAllAnswersAndThenTheEnd(ExecutionMode mode) throws IOException {
        try (Hub hub = Hub.start(Hubs.echo().withHandlers(mode));
                MsgiPeer peer = MsgiPeer.connect(hub.endpoint())) {
            for (int i = 0; i < 200; i++) peer.write(frame(DATA, noise(i * 50)));
            peer.endOutput();
            for (int i = 0; i < 200; i++) peer.expectData(noise(i * 50));
            peer.expectEnd();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {ERROR, DISCONNECT})
    void whoSaysGoodbyeGetsTheAnswersAndNoGoodbyeBack(int type) throws IOException {
        try (Hub hub = Hub.start(Hubs.echo());
                MsgiPeer peer = MsgiPeer.connect(hub.endpoint())) {
            peer.write(join(frame(DATA, noise(9)), cbor(type, Map.of("code", 1000, "msg", "done", "later", 1))));
            peer.expectData(noise(9));
            peer.expectEnd();
        }
    }

    @Test
    void theServerPingsInSessionModeAndNotInBareMode() throws IOException {
        UnaryOperator<SessionConfig> hurried = session -> session.withPingAfter(Duration.ofMillis(200));
        UnaryOperator<ConnectionLimits> idle = limits -> limits.withIdleTimeout(Duration.ofSeconds(4));
        try (Hub hub = Hubs.withTimes(hurried, idle);
                MsgiPeer greeted = MsgiPeer.connect(hub.endpoint());
                MsgiPeer bare = MsgiPeer.connect(hub.endpoint())) {
            greeted.greet("x");
            bare.echoes(noise(1));
            MsgiPeer.Received ping = greeted.read();
            assertThat(ping.type()).isEqualTo(PING);
            assertThat(ping.payload()).isEmpty();
            // Nothing but the goodbye at the idle limit.
            bare.expectGoodbye(DISCONNECT, 4505);
        }
    }

    @Test
    void whoAnswersNoPingIsIdleAndToldSo() throws IOException {
        UnaryOperator<SessionConfig> hurried = session -> session.withPingAfter(Duration.ofMillis(200));
        UnaryOperator<ConnectionLimits> idle = limits -> limits.withIdleTimeout(Duration.ofSeconds(6));
        try (Hub hub = Hubs.withTimes(hurried, idle);
                MsgiPeer greeted = MsgiPeer.connect(hub.endpoint())) {
            greeted.greet("x");
            MsgiPeer.Received next = greeted.read();
            assertThat(next.type()).isEqualTo(PING);
            while (next.type() == PING) next = greeted.read();
            assertThat(next.type()).isEqualTo(DISCONNECT);
            assertThat(next.cbor().path("code").asInt()).isEqualTo(4505);
            greeted.expectEnd();
        }
    }
}
