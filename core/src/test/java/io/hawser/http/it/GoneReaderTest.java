package io.hawser.http.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.http.EventStreams;
import io.hawser.http.HttpClient;
import io.hawser.http.HttpClientConfig;
import io.hawser.http.HttpConfig;
import io.hawser.http.HttpHandler;
import io.hawser.http.HttpServer;
import io.hawser.http.Proxy;
import io.hawser.http.Response;
import io.hawser.io.ExecutionMode;
import io.hawser.session.CloseReason;
import io.hawser.session.Message;
import io.hawser.session.Session;
import io.hawser.session.SessionConfig;
import io.hawser.session.SessionHandler;
import io.hawser.tcp.ListenConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Who reads a stream to which nothing is sent has gone: the server hears of it from the connection alone.
@Timeout(120)
@SuppressWarnings("try") // who goes early closes early
class GoneReaderTest {
    private static final SessionConfig PINGS_NEVER = SessionConfig.defaults().withPingAfter(Duration.ofHours(1));

    private final BlockingQueue<CloseReason> closed = new LinkedBlockingQueue<>();
    private final EventStreams streams = EventStreams.of(
            new SessionHandler() {
                @Override
                public void message(Session session, Message message) {}

                @Override
                public void closed(Session session, CloseReason reason) {
                    closed.add(reason);
                }
            },
            PINGS_NEVER);

    private static HttpServer serve(HttpHandler handler) {
        return HttpServer.start(ListenConfig.on("127.0.0.1:0"), HttpConfig.defaults(), handler);
    }

    /// Asks for events, and waits until they have begun.
    private static RawClient reader(HttpServer server) throws IOException {
        RawClient reader = RawClient.to(server.endpoint());
        reader.send("GET /events HTTP/1.1\r\nHost: h\r\n\r\n");
        StringBuilder text = new StringBuilder();
        while (text.indexOf(": hello") < 0) {
            int next = reader.socket().getInputStream().read();
            assertThat(next).isNotNegative();
            text.append((char) next);
        }
        return reader;
    }

    private void awaitNobodyThere() throws InterruptedException {
        assertThat(closed.poll(30, TimeUnit.SECONDS)).isEqualTo(CloseReason.LOST);
        assertThat(streams.sessions().count()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aStreamEndsWithItsConnection(ExecutionMode mode) throws Exception {
        try (streams;
                HttpServer server = serve(streams.in(mode))) {
            reader(server).close();
            awaitNobodyThere();
            await().until(() -> server.connectionCount() == 0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStreamEndsWithTheOutputOfItsReader(ExecutionMode mode) throws Exception {
        try (streams;
                HttpServer server = serve(streams.in(mode));
                RawClient early = RawClient.to(server.endpoint());
                RawClient late = reader(server)) {
            late.socket().shutdownOutput();
            awaitNobodyThere();
            early.send("GET /events HTTP/1.1\r\nHost: h\r\n\r\n").socket().shutdownOutput();
            awaitNobodyThere();
            await().until(() -> server.connectionCount() == 0);
        }
    }

    @Test
    void aStreamEndsWithAReset() throws Exception {
        try (streams;
                HttpServer server = serve(streams);
                RawClient reader = reader(server)) {
            reader.socket().setSoLinger(true, 0);
            reader.close();
            awaitNobodyThere();
        }
    }

    @Test
    void aStreamOfHttp2EndsWithItsConnection() throws Exception {
        try (streams;
                HttpServer server = serve(streams);
                Http2Client reader = Http2Client.to(server.endpoint())) {
            reader.send(reader.frames.get(1, "/events"));
            while (!reader.next().startsWith("DATA 1")) {
                // what comes before the first piece of the answer
            }
            reader.close();
            awaitNobodyThere();
        }
    }

    @Test
    void aStreamThroughAGatewayEndsWithTheConnectionToTheGateway() throws Exception {
        try (streams;
                HttpServer behind = serve(streams);
                HttpClient client = HttpClient.open(HttpClientConfig.defaults());
                Proxy proxy = Proxy.to(List.of(behind.endpoint()), client);
                HttpServer gateway = serve(proxy)) {
            reader(gateway).close();
            awaitNobodyThere();
        }
    }

    @Test
    void aHandlerIsInterruptedWhenItsConnectionIsReset() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        HttpHandler slow = request -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
            throw new AssertionError("nothing else ends it");
        };
        try (streams;
                HttpServer server = serve(slow);
                RawClient client = RawClient.to(server.endpoint())) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
            client.socket().setSoLinger(true, 0);
            client.close();
            assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void whoEndsItsOutputWaitsForAnAnswerAsBefore() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        HttpHandler patient = request -> {
            assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
            return Response.text("late");
        };
        try (streams;
                HttpServer server = serve(patient);
                RawClient client = RawClient.to(server.endpoint())) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            client.socket().shutdownOutput();
            ended.countDown();
            assertThat(client.answer().text()).isEqualTo("late");
        }
    }
}
