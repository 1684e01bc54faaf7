package io.hawser.messaging.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.Endpoint;
import io.hawser.messaging.MessagingClient;
import io.hawser.messaging.MessagingClientConfig;
import io.hawser.messaging.MessagingConfig;
import io.hawser.messaging.MessagingServer;
import io.hawser.session.Message;
import io.hawser.session.SessionHandler;
import io.hawser.tcp.ConnectConfig;
import io.hawser.websocket.WebSocketClientConfig;
import io.hawser.websocket.WebSockets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Opening, draining and closing end when their caller's time does.
@Timeout(60)
@SuppressWarnings("try") // closing in the middle is what is tested
class DeadlinesTest {
    private static final Duration SOON = Duration.ofMillis(200);
    private static final ConnectConfig PATIENT = ConnectConfig.defaults().withTimeout(Duration.ofMinutes(10));

    @Test
    void aServerThatDoesNotGreetIsWaitedForUntilTheDeadlineOnly() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            Endpoint endpoint = Endpoint.of("127.0.0.1", silent.getLocalPort());
            assertThatExceptionOfType(DeadlineExceeded.class)
                    .isThrownBy(() -> Deadline.within(
                            SOON,
                            () -> MessagingClient.open(
                                    MessagingClientConfig.to("c", endpoint).withConnect(PATIENT))));
            assertThatExceptionOfType(DeadlineExceeded.class)
                    .isThrownBy(() -> Deadline.within(
                            SOON,
                            () -> WebSockets.connect(
                                    WebSocketClientConfig.to("ws://" + endpoint).withConnect(PATIENT))));
        }
    }

    @Test
    void aDrainEndsAtTheDeadline() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        SessionHandler stuck = (session, message) -> {
            begun.countDown();
            never.await();
        };
        try (MessagingServer server = MessagingServer.start(Servers.anyPort(), MessagingConfig.defaults(), stuck);
                MessagingClient client = MessagingClient.open(MessagingClientConfig.to("c", server.endpoint()))) {
            client.send(Message.text("hold it"));
            await().until(() -> begun.getCount() == 0);
            assertThat(Deadline.within(SOON, () -> server.drain(Duration.ofDays(1)))
                            .cut())
                    .isEqualTo(1);
        } finally {
            never.countDown();
        }
    }

    @Test
    void closingAgainDoesNothingWhateverTheThreadWasTold() {
        MessagingServer server =
                MessagingServer.start(Servers.anyPort(), MessagingConfig.defaults(), (session, message) -> {});
        server.close();
        Thread.currentThread().interrupt();
        Deadline.after(Duration.ZERO).run(() -> {
            server.close();
            return true;
        });
        assertThat(Thread.interrupted()).isTrue();
    }
}
