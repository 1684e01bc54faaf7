package io.hawser.session.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.Bytes;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicPattern;
import io.hawser.io.ExecutionMode;
import io.hawser.io.IoConfig;
import io.hawser.io.IoThreads;
import io.hawser.messaging.MessagingClient;
import io.hawser.messaging.MessagingClientConfig;
import io.hawser.messaging.MessagingConfig;
import io.hawser.messaging.MessagingServer;
import io.hawser.session.Message;
import io.hawser.session.Session;
import io.hawser.session.SessionHandler;
import io.hawser.session.Topics;
import io.hawser.tcp.DropCause;
import io.hawser.tcp.ListenConfig;
import io.hawser.tcp.TcpServer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Topics whose sessions are those of several servers.
@Timeout(60)
class TopicsTest {
    private final Topic room = Topic.of("room");
    private final Topics topics =
            Topics.open((session, topic, missed) -> Optional.of(Message.text("missed " + missed + " of " + topic)));
    private final SessionHandler joining = new SessionHandler() {
        @Override
        public void opened(Session session) {
            topics.join(session, TopicPattern.of(room));
        }

        @Override
        public void message(Session session, Message message) {}
    };

    private static MessagingClient client(TcpServer server) {
        return MessagingClient.open(MessagingClientConfig.to("c", server.endpoint()));
    }

    private TcpServer server(MessagingConfig config, IoThreads io) {
        return TcpServer.start(ListenConfig.on("127.0.0.1:0"), List.of(MessagingServer.protocol(config, joining)), io);
    }

    private static void awaitSession(TcpServer server) {
        await().until(() -> server.sessions().count() == 1);
    }

    @Test
    void whatIsTooLongForOneServerComesToTheSessionsOfTheOthers() {
        // On one loop, where the sessions are told one after another.
        try (IoThreads io = IoThreads.start(IoConfig.defaults().withThreads(1).withName("hawser-it"));
                TcpServer narrow = server(MessagingConfig.defaults().withMaxMessageBytes(100), io);
                TcpServer wide = server(MessagingConfig.defaults(), io);
                MessagingClient first = client(narrow);
                MessagingClient second = client(wide);
                MessagingClient third = client(narrow)) {
            await().until(() -> narrow.sessions().count() == 2);
            awaitSession(wide);
            Message longOne = Message.binary(new byte[101]);
            await().until(() -> {
                topics.publish(room, Message.text("?"));
                return second.session().orElseThrow().stats().messagesReceived() > 0
                        && first.session().orElseThrow().stats().messagesReceived() > 0
                        && third.session().orElseThrow().stats().messagesReceived() > 0;
            });
            topics.publish(room, longOne);
            topics.publish(room, Message.text("after"));
            for (MessagingClient each : List.of(first, third)) {
                assertThat(next(each)).isEqualTo("missed 1 of room");
                assertThat(next(each)).isEqualTo("after");
            }
            assertThat(nextBinary(second)).isEqualTo(longOne.bytes());
            assertThat(next(second)).isEqualTo("after");
            assertThat(narrow.stats().protocols().getFirst().dropped()).containsEntry(DropCause.UNSENDABLE, 2L);
            assertThat(narrow.sessions().count()).isEqualTo(2);
        }
    }

    @Test
    void whatWasMissedIsToldBeforeWhatIsPublishedNextHoweverMuchWaits() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        SessionHandler holding = new SessionHandler() {
            @Override
            public void opened(Session session) {
                topics.join(session, TopicPattern.of(room));
            }

            @Override
            public void message(Session session, Message message) throws Exception {
                held.countDown();
                goOn.await();
            }
        };
        MessagingConfig config = MessagingConfig.defaults().withMaxMessageBytes(100);
        try (TcpServer server = TcpServer.start(
                        ListenConfig.on("127.0.0.1:0"),
                        List.of(MessagingServer.protocol(config, holding.in(ExecutionMode.EVENT_LOOP))));
                MessagingClient client = client(server)) {
            await().until(() -> {
                topics.publish(room, Message.text("?"));
                return client.session().orElseThrow().stats().messagesReceived() > 0;
            });
            client.send(Message.text("hold"));
            held.await();
            topics.publish(room, Message.binary(new byte[101]));
            for (String text : List.of("a", "b", "c")) topics.publish(room, Message.text(text));
            goOn.countDown();
            for (String text : List.of("missed 1 of room", "a", "b", "c"))
                assertThat(next(client)).isEqualTo(text);
        } finally {
            goOn.countDown();
        }
    }

    private static String next(MessagingClient client) {
        String text = "?";
        while (text.equals("?")) text = client.receive().text();
        return text;
    }

    private static Bytes nextBinary(MessagingClient client) {
        Message message = client.receive();
        while (message.size() == 1) message = client.receive();
        return message.bytes();
    }
}
