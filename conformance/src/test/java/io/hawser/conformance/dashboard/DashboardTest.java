package io.hawser.conformance.dashboard;

import static io.hawser.conformance.dashboard.Browser.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hawser.conformance.v1.Client;
import io.hawser.conformance.v1.Wire;
import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.tcp.ListenConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/// The page against a running hub, in a browser; screenshots are in `target/screenshots`.
@Timeout(300)
final class DashboardTest {
    /// What each view says while there is nothing, and what to do about it.
    private static final Map<String, String> EMPTY = Map.of(
            "overview", "Nodes",
            "sessions", "dashboard",
            "topics", "No topic yet",
            "playground", "Connect, subscribe to a topic, and publish to it",
            "upstreams", "hub.upstreams {",
            "alerts", "hub.alerts {");

    private Hub hub;
    private Browser browser;

    @BeforeEach
    void open() {
        browser = Browser.start();
        hub = Hub.start(HubConfig.on(ListenConfig.on("127.0.0.1:0")));
        browser.screen(1440, 900, "light");
        browser.openLive("http://" + hub.endpoint() + "/");
    }

    @AfterEach
    void close() {
        if (browser != null) browser.close();
        if (hub != null) hub.close();
    }

    private Client client(String name) throws IOException {
        Client client = Wire.WEBSOCKET_JSON.connect(hub.endpoint());
        client.greet(name);
        return client;
    }

    private void connectPlayground() {
        browser.show("playground");
        browser.click("Connect");
        browser.expect("[data-testid=sid]").not().isEmpty();
    }

    @Test
    void aMessageOfThePlaygroundReachesAPythonClientAndItsAnswerComesBack() throws Exception {
        connectPlayground();
        browser.click("Subscribe");
        browser.expect("[data-testid=frames]").containsText("\"sub\"");
        Process python = answering("room.1");
        try (BufferedReader out = python.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).isEqualTo("subscribed");
            browser.type("Message: a text, or JSON", "ping from the page");
            browser.click("Publish");
            assertThat(out.readLine()).isEqualTo("ping from the page");
            browser.expect("[data-testid=frames]").containsText("pong from python");
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
    void thePlaygroundSendsToOneSessionToAllAndWhateverFrameIsTyped() throws IOException {
        try (Client other = client("other")) {
            connectPlayground();
            browser.type("Message: a text, or JSON", "{\"n\":1}");
            browser.click("Broadcast");
            assertThat(other.read().at("/msg/d/n").asInt()).isEqualTo(1);
            browser.type("Session to send that to", sid("other"));
            browser.click("Send");
            JsonNode direct = other.read().path("msg");
            assertThat(direct.path("d").path("n").asInt()).isEqualTo(1);
            assertThat(direct.path("from").path("sid").asString()).isEqualTo(browser.text("[data-testid=sid]"));
            browser.click("Subscribe");
            browser.expect("[data-testid=frames]").containsText("\"sub\":{\"topic\":\"room.1\"");
            browser.type("Any frame of hawser.v1", "{\"id\":77,\"who\":{\"topic\":\"room.1\"}}");
            browser.click("Send frame");
            browser.expect("[data-testid=frames]")
                    .containsText("{\"id\":77,\"who\":{\"topic\":\"room.1\",\"sessions\":[{\"sid\":\""
                            + browser.text("[data-testid=sid]"));
            browser.click("Leave");
            browser.expect("[data-testid=frames]").containsText("\"ok\"");
            browser.click("Disconnect");
            browser.expect("main").containsText("closed");
        }
        assertThat(browser.complaints()).isEmpty();
    }

    /// As the hub says it.
    private String sid(String client) {
        return browser.evaluate("fetch('/api/v1/sessions?filter=" + client
                        + "').then((answer) => answer.json()).then(({ sessions }) => sessions[0].sid)")
                .asString();
    }

    @Test
    void aSessionIsFoundSentToAndDisconnected() throws IOException {
        try (Client meter = client("meter-7");
                Client other = client("meter-8")) {
            meter.subscribe("room.7");
            browser.show("sessions");
            browser.expect("[data-testid=sessions]").containsText("meter-8");
            browser.type("Filter sessions", "METER-7");
            browser.expect("[data-testid=sessions]").not().containsText("meter-8");
            browser.expect("[data-testid=said]").hasText("METER-7: 1 found, page 1");
            browser.page().locator("[data-testid=sessions] tbody button").click();
            browser.expect(".tags").containsText("room.7");
            assertThat(browser.violations()).isEmpty();
            browser.type("Send it a text", "hello meter");
            browser.click("Send");
            assertThat(meter.read().path("msg").path("d").asString()).isEqualTo("hello meter");
            browser.click("Disconnect");
            browser.click("Yes");
            assertThat(meter.awaitGoodbye()).isEqualTo(4011);
            browser.expect("main").containsText("No session matches");
            browser.expect("#opened").hasCount(0);
            other.subscribe("still.there");
        }
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aTopicShowsItsHistoryAndWhatFollowsAndHowMuchThatIs() throws IOException {
        try (Client publisher = client("publisher");
                Client subscriber = client("subscriber")) {
            subscriber.subscribe("room.9");
            publisher.publish("room.9", "before");
            browser.show("topics");
            browser.expect("[data-testid=topics]").containsText("room.9");
            browser.click("room.9");
            browser.expect("[data-testid=tail]").containsText("before");
            publisher.publish("room.9", "after");
            browser.expect("[data-testid=tail]").containsText("after");
            assertThat(browser.violations()).isEmpty();
            browser.click("Pause");
            publisher.publish("room.9", "while it pauses");
            // Topic, class, subscribers (this page is one), messages, a second.
            browser.expect("[data-testid=topics] tbody tr td:nth-child(4)").hasText("3");
            browser.click("Go on");
            publisher.publish("room.9", "when it goes on");
            browser.expect("[data-testid=tail]").containsText("when it goes on");
            browser.expect("[data-testid=tail]").not().containsText("while it pauses");
            eventually().untilAsserted(() -> {
                for (int i = 0; i < 20; i++) publisher.publish("room.9", "more");
                assertThat(browser.text("[data-testid=topics] tbody tr"))
                        .matches("room\\.9\\s+log\\s+2\\s+[0-9.,K]+\\s+[1-9][0-9.,K]*");
            });
        }
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void everyViewFitsEveryScreenInBothThemesAndSaysWhatToDoWhereThereIsNothing() throws IOException {
        for (String view : EMPTY.keySet().stream().sorted().toList()) {
            browser.show(view);
            browser.expect("main").containsText(EMPTY.get(view));
            browser.everyScreen(view);
        }
        browser.show("sessions");
        browser.type("Filter sessions", "nobody");
        browser.expect("main").containsText("The filter looks at id, client, user and address.");
        browser.show("topics");
        browser.expect("main").containsText("try it in the Playground");
        browser.type("Filter topics", "nothing");
        browser.expect("main").containsText("No topic matches");
        assertThat(browser.complaints()).isEmpty();
    }
}
