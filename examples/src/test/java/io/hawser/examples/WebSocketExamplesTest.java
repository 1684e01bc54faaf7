package io.hawser.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.http.HttpServer;
import io.hawser.websocket.WebSocket;
import io.hawser.websocket.WebSocketClientConfig;
import io.hawser.websocket.WebSockets;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class WebSocketExamplesTest {
    private static final String ANY_PORT = "127.0.0.1:0";

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    private static WebSocket enter(HttpServer server, String room) {
        return WebSockets.connect(WebSocketClientConfig.to("ws://" + server.endpoint() + "/rooms/" + room));
    }

    @Test
    void guestsOfARoomHearEachOtherAndNobodyElse() {
        try (HttpServer server = ChatServer.start(ANY_PORT);
                WebSocket ann = enter(server, "tea");
                WebSocket other = enter(server, "cellar")) {
            String annsName = ann.receive().text().substring("welcome, ".length());
            assertThat(other.receive().text()).startsWith("welcome");
            try (WebSocket bob = enter(server, "tea")) {
                assertThat(bob.receive().text()).startsWith("welcome");
                assertThat(ann.receive().text()).endsWith(" came in");
                ann.send("hello");
                assertThat(bob.receive().text()).isEqualTo(annsName + ": hello");
                assertThat(ann.receive().text()).isEqualTo(annsName + ": hello");
            }
            assertThat(ann.receive().text()).endsWith(" left");
            other.send("alone");
            assertThat(other.receive().text()).endsWith(": alone");
        }
    }

    @Test
    void theChatHasAPage() throws Exception {
        try (HttpServer server = ChatServer.start(ANY_PORT);
                HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + server.endpoint() + "/"))
                    .build();
            assertThat(client.send(request, HttpResponse.BodyHandlers.ofString())
                            .body())
                    .contains("new WebSocket(");
        }
    }

    @Test
    void theReaderGetsThePricesThatItSubscribedTo() {
        try (PriceFeed feed = PriceFeed.start(ANY_PORT, Duration.ofMillis(1))) {
            PriceReader.run(out, "ws://" + feed.server().endpoint() + "/", 20, "price.gold", "price.gold.>");
        }
        assertThat(printed().lines()).hasSize(21).startsWith("connected, subscribing");
        assertThat(printed().lines().skip(1)).allMatch(line -> line.matches("gold \\d+\\.\\d+"));
    }

    @Test
    void theReaderSubscribesAgainWhenTheServerIsBack() {
        PriceFeed first = PriceFeed.start(ANY_PORT, Duration.ofMillis(1));
        String endpoint = first.server().endpoint().toString();
        Thread reader = Thread.ofVirtual().start(() -> PriceReader.run(out, "ws://" + endpoint + "/", 2000, "price.>"));
        await().until(() -> printed().lines().count() > 5);
        first.close();
        try (PriceFeed second = PriceFeed.start(endpoint, Duration.ofMillis(1))) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> printed().split("connected, subscribing", -1).length == 3);
            await().atMost(Duration.ofSeconds(60)).until(() -> !reader.isAlive());
            assertThat(second.server().isRunning()).isTrue();
        }
        assertThat(printed().lines()).hasSize(2002);
    }
}
