package io.hawser.conformance.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.hub.access.AccessConfig;
import io.hawser.hub.access.AuthConfig;
import io.hawser.io.ConnectionLimits;
import io.hawser.messaging.MessagingConfig;
import io.hawser.session.SessionConfig;
import io.hawser.tcp.ListenConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What happens to who says nothing.
@Timeout(120)
final class HelloTimeTest {
    private static Hub hub(SessionConfig session) {
        return Hub.start(HubConfig.on(ListenConfig.on("127.0.0.1:0"))
                .withMessaging(MessagingConfig.defaults().withSession(session)));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MSGI")
    void noHelloInTimeIs4010(Wire wire) throws IOException {
        try (Hub hub = hub(SessionConfig.defaults().withHelloTimeout(Duration.ofMillis(300)));
                Client silent = wire.connect(hub.endpoint())) {
            silent.expectGoodbye(4010);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoAnswersNoPingIs4505(Wire wire) throws IOException {
        SessionConfig session = SessionConfig.defaults()
                .withPingAfter(Duration.ofSeconds(20))
                .withLimits(ConnectionLimits.defaults().withIdleTimeout(Duration.ofMillis(700)));
        try (Hub hub = hub(session);
                Client silent = wire.connect(hub.endpoint())) {
            silent.greet("silent");
            silent.expectGoodbye(4505);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoLeavesAChallengeUnansweredIs4010(Wire wire) throws IOException {
        AuthConfig auth = AuthConfig.none().withSecrets(Map.of("ann", Bytes.ofUtf8("0123456789abcdef")));
        SessionConfig session = SessionConfig.defaults().withHelloTimeout(Duration.ofSeconds(1));
        try (Hub hub = Hub.start(HubConfig.on(ListenConfig.on("127.0.0.1:0"))
                        .withMessaging(MessagingConfig.defaults().withSession(session))
                        .withAccess(AccessConfig.defaults().withAuth(auth)));
                Client silent = wire.connect(hub.endpoint())) {
            assertThat(silent.ask(Map.of("id", 1, "hello", Map.of("auth", Map.of("user", "ann"))))
                            .has("challenge"))
                    .isTrue();
            silent.expectGoodbye(4010);
        }
    }
}
