package io.hawser.conformance.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.io.ConnectionLimits;
import io.hawser.messaging.MessagingConfig;
import io.hawser.session.Session;
import io.hawser.session.SessionConfig;
import io.hawser.session.SessionState;
import io.hawser.tcp.ListenConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// A peer that takes nothing for too long is told so, and may come back to its session.
@Timeout(300)
final class SlowReaderTest {
    private static final String PIECE = "x".repeat(60_000);

    /// A peer that takes nothing after the goodbye, either, is cut before it hears it: this one has to
    /// be quick.
    private static final int TRIES = 10;

    @ParameterizedTest
    @EnumSource
    void isClosedWith4503AndResumes(Wire wire) throws Exception {
        SessionConfig session = SessionConfig.defaults()
                .withLimits(ConnectionLimits.defaults().withStallTimeout(Duration.ofMillis(500)));
        try (Hub hub = Hub.start(HubConfig.on(ListenConfig.on("127.0.0.1:0"))
                        .withMessaging(MessagingConfig.defaults().withSession(session)));
                Client other = wire.connect(hub.endpoint())) {
            other.greet("other");
            String token = "";
            for (int i = 0; i < TRIES && token.isEmpty(); i++) token = closedAsTooSlow(hub, wire, other);
            assertThat(token).isNotEmpty();
            try (Client again = wire.connect(hub.endpoint())) {
                assertThat(again.hello(Map.of("resume", token)).path("resumed").asBoolean())
                        .isTrue();
            }
        }
    }

    /// @return with what to come back; empty if the goodbye was not heard
    private static String closedAsTooSlow(Hub hub, Wire wire, Client other) throws Exception {
        try (Client slow = wire.connect(hub.endpoint())) {
            JsonNode welcome = slow.greet("slow");
            Session session =
                    hub.sessions().find(welcome.path("sid").asString()).orElseThrow();
            for (int i = 0; i < 30_000 && session.state() == SessionState.OPEN; i++) {
                // The system takes more and more of it.
                if (session.stats().queuedBytes() < 128 << 10) {
                    other.say(Map.of("bcast", Map.of("d", PIECE)));
                    other.read();
                }
                TimeUnit.MILLISECONDS.sleep(1);
            }
            assertThat(session.state()).isNotEqualTo(SessionState.OPEN);
            int code = slow.awaitGoodbye();
            assertThat(code).isEqualTo(4503);
            return welcome.path("resume").asString();
        } catch (IOException cut) {
            return "";
        }
    }
}
