package io.hawser.http.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import io.hawser.DrainReport;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicPattern;
import io.hawser.http.AccessLog;
import io.hawser.http.Body;
import io.hawser.http.EventStreams;
import io.hawser.http.HttpClient;
import io.hawser.http.HttpClientConfig;
import io.hawser.http.HttpConfig;
import io.hawser.http.HttpServer;
import io.hawser.http.HttpVersion;
import io.hawser.http.ResponseCompression;
import io.hawser.http.Router;
import io.hawser.session.CloseReason;
import io.hawser.session.Message;
import io.hawser.session.Session;
import io.hawser.session.SessionHandler;
import io.hawser.session.Topics;
import io.hawser.tcp.ListenConfig;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Streams of server-sent events are sessions of the server that sends them.
@Timeout(120)
class EventSessionsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final BlockingQueue<Session> opened = new LinkedBlockingQueue<>();
    private final BlockingQueue<CloseReason> closed = new LinkedBlockingQueue<>();
    private final Topics topics = Topics.open();
    private final EventStreams streams = EventStreams.of(new SessionHandler() {
        @Override
        public void opened(Session session) {
            topics.join(session, TopicPattern.of("news"));
            opened.add(session);
        }

        @Override
        public void message(Session session, Message message) {}

        @Override
        public void closed(Session session, CloseReason reason) {
            closed.add(reason);
        }
    });

    /// Reads until `text` has come.
    private static String readUntil(Body body, String text) {
        StringBuilder seen = new StringBuilder();
        while (seen.indexOf(text) < 0) {
            Bytes piece = body.read();
            assertThat(piece.isEmpty()).as("the end, after " + seen).isFalse();
            seen.append(piece.toUtf8());
        }
        return seen.toString();
    }

    private static String readToTheEnd(Body body) {
        StringBuilder seen = new StringBuilder();
        for (Bytes piece = body.read(); !piece.isEmpty(); piece = body.read()) seen.append(piece.toUtf8());
        return seen.toString();
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void aStreamIsASessionOfItsServerWhichEndsItWhenItDrains(HttpVersion version) throws Exception {
        Router site = Router.builder()
                .get("/news", streams.with(AccessLog.json().to(line -> {}), ResponseCompression.defaults()))
                .build();
        try (HttpServer server = HttpServer.start(ListenConfig.on("127.0.0.1:0"), HttpConfig.defaults(), site);
                HttpClient client = HttpClient.open(HttpClientConfig.defaults().withVersions(version));
                Body body = client.get("http://" + server.endpoint() + "/news")
                        .send()
                        .body()) {
            Session session = opened.poll(30, TimeUnit.SECONDS);
            assertThat(session).isNotNull();
            assertThat(server.sessions().find(session.id())).contains(session);
            assertThat(server.sessions().stream()).containsExactly(session);

            assertThat(server.sessions().broadcast(Message.text("to all"))).isEqualTo(1);
            topics.publish(Topic.of("news"), Message.text("to some"));
            session.send(Message.text("to one"));
            assertThat(readUntil(body, "to one")).contains("data: to all\n\ndata: to some\n\ndata: to one\n\n");
            assertThat(server.sessions().broadcast(Message.binary((byte) 1))).isZero();
            assertThat(session.stats().messagesDropped()).isEqualTo(1);

            session.send(Message.text("the last"));
            DrainReport report = server.drain(PATIENCE);
            assertThat(report.cut()).isZero();
            assertThat(readToTheEnd(body)).contains("data: the last\n\n").containsPattern("retry: [1-4]\\d{3}\n");
            assertThat(closed.poll(30, TimeUnit.SECONDS))
                    .extracting(CloseReason::code)
                    .isEqualTo(CloseReason.DRAIN.code());
            assertThat(server.sessions().count()).isZero();
            assertThat(streams.sessions().count()).isZero();
        }
    }
}
