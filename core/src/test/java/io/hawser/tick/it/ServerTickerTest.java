package io.hawser.tick.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hawser.Deadline;
import io.hawser.Server;
import io.hawser.StartupFailed;
import io.hawser.http.HttpClient;
import io.hawser.http.HttpClientConfig;
import io.hawser.http.HttpConfig;
import io.hawser.http.HttpHandler;
import io.hawser.http.HttpServer;
import io.hawser.http.Request;
import io.hawser.http.Response;
import io.hawser.http.Router;
import io.hawser.http.SecurityHeaders;
import io.hawser.io.ExecutionMode;
import io.hawser.messaging.MessagingClient;
import io.hawser.messaging.MessagingClientConfig;
import io.hawser.messaging.MessagingConfig;
import io.hawser.messaging.MessagingServer;
import io.hawser.session.Message;
import io.hawser.session.Session;
import io.hawser.session.SessionHandler;
import io.hawser.tcp.Connection;
import io.hawser.tcp.ConnectionHandler;
import io.hawser.tcp.Framing;
import io.hawser.tcp.ListenConfig;
import io.hawser.tcp.TcpServer;
import io.hawser.tick.Schedule;
import io.hawser.tick.SharedState;
import io.hawser.tick.Tick;
import io.hawser.tick.TickerHandler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class ServerTickerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ListenConfig ANY_PORT = ListenConfig.on("127.0.0.1:0");

    /// Counts its ticks in the shared state.
    private static class Counting implements TickerHandler {
        private final CompletableFuture<SharedState> shared = new CompletableFuture<>();
        private volatile boolean stopped;

        boolean isStopped() {
            return stopped;
        }

        long ticks() {
            return shared.join().counter("ticks").value();
        }

        @Override
        public Schedule schedule() {
            return Schedule.every(Duration.ofMillis(5));
        }

        @Override
        public void start(SharedState given) {
            assertThat(shared.complete(given)).isTrue();
        }

        @Override
        public void tick(Tick tick) {
            assertThat(stopped).isFalse();
            tick.shared().counter("ticks").add(1);
        }

        @Override
        public void stop() {
            stopped = true;
        }
    }

    private static final class Messages extends Counting implements SessionHandler {
        @Override
        public void message(Session session, Message message) {
            session.send(Message.text("ticks " + ticks()));
        }
    }

    private static final class Requests extends Counting implements HttpHandler {
        @Override
        public Response handle(Request request) {
            return Response.text("ticks " + ticks());
        }
    }

    private static final class LinesToo extends Counting implements ConnectionHandler<String> {
        @Override
        public void received(Connection<String> connection, String frame) {
            connection.send(frame);
        }
    }

    private static void ticksUntilClosed(Server server, Counting handler) {
        try (server) {
            await().atMost(PATIENCE).until(() -> handler.ticks() >= 3);
            assertThat(server.drain(PATIENCE).cut()).isZero();
            assertThat(handler.isStopped()).isTrue();
        }
    }

    @Test
    void theHandlerOfAMessagingServerThatIsATickerTicks() {
        Messages handler = new Messages();
        MessagingServer server =
                MessagingServer.start(ANY_PORT, MessagingConfig.defaults(), handler.in(ExecutionMode.VIRTUAL));
        try (MessagingClient client = MessagingClient.open(MessagingClientConfig.to("c", server.endpoint()))) {
            client.send(Message.text("how often?"));
            assertThat(Deadline.within(PATIENCE, client::receive).text()).matches("ticks [0-9]+");
        }
        ticksUntilClosed(server, handler);
    }

    @Test
    void theHandlerOfATcpServerThatIsATickerTicks() {
        LinesToo handler = new LinesToo();
        ticksUntilClosed(TcpServer.start(ANY_PORT, Framing.lines(100), handler), handler);
    }

    @Test
    void theHandlerOfAnHttpServerThatIsATickerTicks() {
        Requests handler = new Requests();
        ticksUntilClosed(HttpServer.start(ANY_PORT, HttpConfig.defaults(), handler), handler);
    }

    @Test
    void aTickerIsNoticedInsideOfFiltersAndRoutersAndStartedOnce() throws Exception {
        Requests handler = new Requests();
        HttpHandler site = Router.builder()
                .get("/ticks", handler.nonBlocking())
                .mount("/below", Router.builder().any("/{rest...}", handler).build())
                .host("ticks.example", handler)
                .build()
                .with(SecurityHeaders.defaults());
        HttpServer server = HttpServer.start(ANY_PORT, HttpConfig.defaults(), site);
        try (HttpClient client = HttpClient.open(HttpClientConfig.defaults())) {
            String url = "http://" + server.endpoint() + "/ticks";
            assertThat(client.get(url).send().body().text()).matches("ticks [0-9]+");
        }
        ticksUntilClosed(server, handler);
    }

    @Test
    void aPortThatCannotBeOpenedStopsTheTicker() {
        Messages first = new Messages();
        try (MessagingServer server = MessagingServer.start(ANY_PORT, MessagingConfig.defaults(), first)) {
            Messages second = new Messages();
            ListenConfig taken = ANY_PORT.withEndpoint(server.endpoint());
            assertThatThrownBy(() -> MessagingServer.start(taken, MessagingConfig.defaults(), second))
                    .isInstanceOf(StartupFailed.class);
            assertThat(second.isStopped()).isTrue();
            assertThat(first.isStopped()).isFalse();
        }
    }

    @Test
    void aServerThatIsClosedEndsItsRunWithZero() {
        MessagingServer server = MessagingServer.start(ANY_PORT, MessagingConfig.defaults(), (session, message) -> {});
        CompletableFuture<Integer> exitCode = CompletableFuture.supplyAsync(
                server::run, runnable -> Thread.ofVirtual().start(runnable));
        assertThat(exitCode).isNotDone();
        server.close();
        assertThat(exitCode.orTimeout(30, java.util.concurrent.TimeUnit.SECONDS).join())
                .isZero();
    }
}
