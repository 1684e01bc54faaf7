package io.hawser.conformance.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.session.Message;
import io.hawser.tcp.ListenConfig;
import io.hawser.websocket.WebSocket;
import io.hawser.websocket.WebSocketClientConfig;
import io.hawser.websocket.WebSocketConfig;
import io.hawser.websocket.WebSockets;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The page against a running hub, in a browser; screenshots are in `target/screenshots`.
@Timeout(300)
final class DashboardTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> VIEWS =
            List.of("overview", "sessions", "topics", "playground", "upstreams", "alerts");

    private Hub hub;
    private Browser browser;

    @BeforeEach
    void open() throws IOException {
        browser = Browser.start();
        hub = Hub.start(HubConfig.on(ListenConfig.on("127.0.0.1:0")));
        browser.screen(1440, 900, "light");
        browser.open("http://" + hub.endpoint() + "/");
        await().atMost(PATIENCE).until(() -> browser.text("[data-testid=state]").equals("live"));
    }

    @AfterEach
    void close() {
        if (browser != null) browser.close();
        if (hub != null) hub.close();
    }

    private void show(String view) {
        browser.evaluate("location.hash = '#/" + view + "'");
        await().atMost(PATIENCE)
                .until(() -> browser.evaluate("document.title")
                        .asString()
                        .toLowerCase(Locale.ROOT)
                        .startsWith(view));
    }

    private WebSocket client(String name) {
        WebSocket socket = WebSockets.connect(WebSocketClientConfig.to("ws://" + hub.endpoint() + "/ws")
                .withWebSocket(WebSocketConfig.defaults().withSubprotocols("hawser.v1.json")));
        var _ = socket.send("{\"id\":1,\"hello\":{\"client\":\"" + name + "\"}}");
        assertThat(socket.receive().text()).contains("welcome");
        return socket;
    }

    private String tile(String name) {
        return browser.evaluate(
                        "[...document.querySelectorAll('.tile')].find((each) => each.querySelector('dt').innerText === '"
                                + name + "')?.querySelector('dd').innerText ?? ''")
                .asString();
    }

    @Test
    void theNumbersMoveUnderLoad() {
        await().atMost(PATIENCE).until(() -> !tile("Connections").isEmpty());
        try (WebSocket load = client("load")) {
            await().atMost(PATIENCE).untilAsserted(() -> {
                for (int i = 0; i < 50; i++) {
                    var _ = load.send("{\"id\":" + (i + 2) + ",\"pub\":{\"topic\":\"room.1\",\"d\":" + i + "}}");
                    assertThat(load.receive().text()).contains("\"pub\"");
                }
                assertThat(Double.parseDouble(tile("Messages in").replaceAll("[^0-9.].*", "")))
                        .isGreaterThan(5);
                assertThat(tile("Delivery p99")).matches("[0-9.]+ (µs|ms|s)");
            });
        }
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aMessageOfThePlaygroundReachesAPythonClientAndItsAnswerComesBack() throws Exception {
        show("playground");
        browser.click("Connect");
        await().atMost(PATIENCE).until(() -> !browser.text("[data-testid=sid]").isEmpty());
        browser.click("Subscribe");
        await().atMost(PATIENCE)
                .until(() -> browser.text("[data-testid=frames]").contains("\"sub\""));
        Process python = answering("room.1");
        try (BufferedReader out = python.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).isEqualTo("subscribed");
            browser.type("Message", "ping from the page");
            browser.click("Publish");
            assertThat(out.readLine()).isEqualTo("ping from the page");
            await().atMost(PATIENCE)
                    .until(() -> browser.text("[data-testid=frames]").contains("pong from python"));
        } finally {
            python.destroyForcibly().waitFor();
        }
        assertThat(browser.complaints()).isEmpty();
    }

    private Process answering(String topic) throws IOException {
        String python = Optional.ofNullable(System.getenv("HAWSER_PYTHON")).orElse("python3");
        String url = "ws://" + hub.endpoint() + "/ws";
        try {
            Process probe = new ProcessBuilder(python, "-c", "import websockets").start();
            assumeTrue(probe.waitFor() == 0 || "true".equals(System.getenv("CI")), "skipped: no websockets in Python");
            return new ProcessBuilder(python, "python/v1_answer.py", url, topic)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Test
    void aSessionIsFoundSentToAndDisconnected() throws IOException {
        try (WebSocket meter = client("meter-7");
                WebSocket other = client("meter-8")) {
            var _ = meter.send("{\"id\":2,\"sub\":{\"topic\":\"room.7\"}}");
            assertThat(meter.receive().text()).contains("\"sub\"");
            show("sessions");
            await().atMost(PATIENCE)
                    .until(() -> browser.text("[data-testid=sessions]").contains("meter-8"));
            browser.type("Filter sessions", "METER-7");
            await().atMost(PATIENCE)
                    .until(() -> !browser.text("[data-testid=sessions]").contains("meter-8"));
            browser.evaluate("document.querySelector('[data-testid=sessions] tbody button').click()");
            await().atMost(PATIENCE).until(() -> browser.text(".tags").contains("room.7"));
            assertThat(browser.violations()).isEmpty();
            browser.type("Send it a text", "hello meter");
            browser.click("Send");
            Message direct = meter.receive();
            assertThat(direct.text()).contains("\"msg\"", "hello meter");
            browser.click("Disconnect");
            browser.click("Yes");
            await().atMost(PATIENCE)
                    .until(() -> meter.session().isEmpty()
                            || meter.lastCloseReason()
                                    .filter(why -> why.code() == 4011)
                                    .isPresent());
            await().atMost(PATIENCE).until(() -> browser.text("main").contains("No session matches"));
            assertThat(other.session()).isPresent();
        }
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aTopicShowsItsHistoryAndWhatFollows() throws IOException {
        try (WebSocket publisher = client("publisher")) {
            var _ = publisher.send("{\"id\":2,\"pub\":{\"topic\":\"room.9\",\"d\":\"before\"}}");
            assertThat(publisher.receive().text()).contains("\"pub\"");
            show("topics");
            await().atMost(PATIENCE)
                    .until(() -> browser.text("[data-testid=topics]").contains("room.9"));
            browser.click("room.9");
            await().atMost(PATIENCE)
                    .until(() -> browser.text("[data-testid=tail]").contains("before"));
            var _ = publisher.send("{\"id\":3,\"pub\":{\"topic\":\"room.9\",\"d\":\"after\"}}");
            await().atMost(PATIENCE)
                    .until(() -> browser.text("[data-testid=tail]").contains("after"));
            assertThat(browser.violations()).isEmpty();
        }
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void everyViewFitsEveryScreenInBothThemes() throws IOException {
        for (String view : VIEWS) {
            show(view);
            browser.everyScreen(view);
            assertThat(browser.evaluate(UNNAMED).asString())
                    .as("controls of %s without a name", view)
                    .isEmpty();
        }
        assertThat(browser.complaints()).isEmpty();
    }

    /// Buttons, links and fields that a screen reader could not name.
    private static final String UNNAMED = """
            [...document.querySelectorAll('button, a, input')].filter((each) => {
              const label = each.closest('label')?.innerText || each.getAttribute('aria-label') || each.innerText || each.title;
              return !label?.trim();
            }).map((each) => each.outerHTML).join('\\n')""";
}
