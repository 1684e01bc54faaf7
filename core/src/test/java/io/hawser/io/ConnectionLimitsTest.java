package io.hawser.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hawser.session.SessionConfig;
import io.hawser.tcp.ListenConfig;
import io.hawser.websocket.WebSocketClientConfig;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// Durations that are compared in nanoseconds.
class ConnectionLimitsTest {
    private static final List<Function<Duration, Object>> DURATIONS = List.of(
            ConnectionLimits.defaults()::withIdleTimeout,
            ConnectionLimits.defaults()::withStallTimeout,
            ConnectionLimits.defaults()::withFrameTimeout,
            SessionConfig.defaults()::withPingAfter,
            SessionConfig.defaults()::withHelloTimeout,
            ListenConfig.on("127.0.0.1:0")::withRecognizeTimeout,
            WebSocketClientConfig.to("ws://localhost")::withPongTimeout);

    @Test
    void theyFitTheClockOfNanoseconds() {
        Duration longest = Duration.ofDays(146 * 365);
        for (Function<Duration, Object> each : DURATIONS) {
            assertThat(each.apply(longest)).isNotNull();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> each.apply(longest.multipliedBy(2)))
                    .withMessageContaining("at most 146 years");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> each.apply(Duration.ZERO))
                    .withMessageContaining("above zero");
        }
    }
}
