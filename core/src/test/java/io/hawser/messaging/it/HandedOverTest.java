package io.hawser.messaging.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.io.ExecutionMode;
import io.hawser.messaging.MessagingClient;
import io.hawser.messaging.MessagingClientConfig;
import io.hawser.messaging.MessagingConfig;
import io.hawser.messaging.MessagingServer;
import io.hawser.session.Message;
import io.hawser.session.Offer;
import io.hawser.session.Session;
import io.hawser.session.SessionHandler;
import io.hawser.session.Sessions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What one thread has sent before another may go on comes before what that one sends, also where the second is
/// the event loop itself, which could write at once.
class HandedOverTest {
    private static final int ROUNDS = 20;

    private final AtomicReference<Sessions> all = new AtomicReference<>();

    /// Sends one from another thread, to this session and to all in turns, and then one from the loop.
    private void twoOf(Message round, Session session) throws InterruptedException {
        int number = Integer.parseInt(round.text());
        Message first = Message.text(2 * number + "");
        Thread other = Thread.ofPlatform().start(() -> {
            if (number % 2 == 0) session.send(first);
            else assertThat(all.get().broadcast(first)).isEqualTo(1);
        });
        other.join();
        assertThat(session.offer(Message.text(2 * number + 1 + ""))).isEqualTo(Offer.QUEUED);
    }

    @Test
    void theLoopDoesNotOvertakeWhatItWaitedFor() {
        SessionHandler handler = (session, message) -> twoOf(message, session);
        try (MessagingServer server = MessagingServer.start(
                        Servers.anyPort(), MessagingConfig.defaults(), handler.in(ExecutionMode.EVENT_LOOP));
                MessagingClient client = MessagingClient.open(MessagingClientConfig.to("c", server.endpoint()))) {
            all.set(server.sessions());
            for (int i = 0; i < ROUNDS; i++) client.send(Message.text(i + ""));
            List<String> received = new ArrayList<>();
            for (int i = 0; i < 2 * ROUNDS; i++) received.add(client.receive().text());
            assertThat(received)
                    .isEqualTo(IntStream.range(0, 2 * ROUNDS)
                            .mapToObj(Integer::toString)
                            .toList());
        }
    }
}
