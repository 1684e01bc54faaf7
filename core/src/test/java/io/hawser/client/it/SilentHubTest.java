package io.hawser.client.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.hawser.Bytes;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.HawserException;
import io.hawser.Reconnect;
import io.hawser.client.HubClient;
import io.hawser.client.HubClientConfig;
import io.hawser.messaging.Frame;
import io.hawser.messaging.FrameType;
import io.hawser.tcp.ListenConfig;
import io.hawser.tcp.TcpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.dataformat.cbor.CBORMapper;

/// A hub that accepts connections and says nothing, or nothing any more.
@Timeout(30)
class SilentHubTest {
    private static final Duration SOON = Duration.ofMillis(200);

    private static HubClientConfig to(String scheme, ServerSocket hub) {
        String path = scheme.equals("ws") ? "/ws" : "";
        return HubClientConfig.to(scheme + "://127.0.0.1:" + hub.getLocalPort() + path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"msgi", "ws"})
    void itIsWaitedForAsLongAsTheCallerOrTheConfigurationAllows(String scheme) throws IOException {
        try (ServerSocket hub = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            HubClientConfig config = to(scheme, hub);
            assertThatExceptionOfType(DeadlineExceeded.class)
                    .isThrownBy(() -> Deadline.within(SOON, () -> HubClient.connect(config)));
            assertThatExceptionOfType(HawserException.class)
                    .isThrownBy(() -> HubClient.connect(config.withTimeout(SOON)));
        }
    }

    @Test
    void aClientThatComesBackToItCanBeClosed() {
        Bytes welcome = Bytes.wrap(new CBORMapper()
                .writeValueAsBytes(Map.of("id", 0, "welcome", Map.of("sid", "s", "resume", "t", "window", 60_000))));
        AtomicInteger hellos = new AtomicInteger();
        try (TcpServer hub =
                TcpServer.start(ListenConfig.on("127.0.0.1:0"), Frame.framing(1 << 16), (connection, frame) -> {
                    if (frame.type() == FrameType.CONTROL && hellos.incrementAndGet() == 1) {
                        connection.send(new Frame(FrameType.CONTROL, welcome));
                        connection.close();
                    }
                })) {
            HubClient client = HubClient.connect(HubClientConfig.to("msgi://" + hub.endpoint())
                    .withReconnect(Reconnect.defaults().withPauses(Duration.ofMillis(1), Duration.ofMillis(1))));
            await().until(() -> hellos.get() == 2);
            client.close();
            assertThat(client.isConnected()).isFalse();
        }
    }
}
