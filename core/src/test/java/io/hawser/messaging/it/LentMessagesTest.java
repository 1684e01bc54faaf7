package io.hawser.messaging.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.Deadline;
import io.hawser.io.ExecutionMode;
import io.hawser.io.IoConfig;
import io.hawser.io.IoThreads;
import io.hawser.messaging.MessagingClient;
import io.hawser.messaging.MessagingClientConfig;
import io.hawser.messaging.MessagingConfig;
import io.hawser.messaging.MessagingServer;
import io.hawser.session.Message;
import io.hawser.session.SessionHandler;
import io.hawser.tcp.ListenConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/// Messages of EVENT_LOOP handlers are lent: what of that may be seen, and what may not.
class LentMessagesTest {
    private final IoThreads io = IoThreads.start(IoConfig.defaults().withThreads(2));

    @Test
    void whatIsPassedToSessionsOfOtherLoopsIsWhatCame() {
        CompletableFuture<MessagingServer> self = new CompletableFuture<>();
        SessionHandler toAll = (session, message) -> self.join().sessions().broadcast(message);
        try (io;
                MessagingServer server = start(toAll)) {
            self.complete(server);
            List<MessagingClient> clients = new ArrayList<>();
            for (int i = 0; i < 8; i++) clients.add(client(server));
            for (int i = 0; i < 200; i++) clients.getFirst().send(Message.text("number " + i));
            for (MessagingClient client : clients) {
                for (int i = 0; i < 200; i++) assertThat(receive(client).text()).isEqualTo("number " + i);
                client.close();
            }
        }
    }

    @Test
    void aKeptMessageLivesOnAndAnotherSaysThatItWasOnlyLent() throws InterruptedException {
        LinkedBlockingQueue<Message> escaped = new LinkedBlockingQueue<>();
        LinkedBlockingQueue<Message> kept = new LinkedBlockingQueue<>();
        try (io;
                MessagingServer server = start((session, message) -> {
                    escaped.add(message);
                    if (message.size() > 3) kept.add(message.keep());
                });
                MessagingClient client = client(server)) {
            client.send(Message.text("open"));
            client.send(Message.text("abc"));
            client.send(Message.text("abcd"));
            assertThat(kept.take().text()).isEqualTo("open");
            assertThat(kept.take().text()).isEqualTo("abcd");
            Message first = escaped.take();
            Message second = escaped.take();
            Message third = escaped.take();
            assertThat(first.text()).isEqualTo("open");
            assertThatThrownBy(second::bytes)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("keep()");
            assertThat(third.text()).isEqualTo("abcd");
        }
    }

    private MessagingServer start(SessionHandler handler) {
        return MessagingServer.start(
                ListenConfig.on("127.0.0.1:0"), MessagingConfig.defaults(), handler.in(ExecutionMode.EVENT_LOOP), io);
    }

    private static MessagingClient client(MessagingServer server) {
        return MessagingClient.open(MessagingClientConfig.to("c", server.endpoint()));
    }

    private static Message receive(MessagingClient client) {
        return Deadline.within(Duration.ofSeconds(30), client::receive);
    }
}
