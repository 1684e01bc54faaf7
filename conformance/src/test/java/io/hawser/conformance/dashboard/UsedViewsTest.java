package io.hawser.conformance.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.hub.alerts.AlertCondition;
import io.hawser.hub.alerts.AlertConfig;
import io.hawser.hub.alerts.AlertRule;
import io.hawser.tcp.ListenConfig;
import io.hawser.websocket.WebSocket;
import io.hawser.websocket.WebSocketClientConfig;
import io.hawser.websocket.WebSocketConfig;
import io.hawser.websocket.WebSockets;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The views with much in them, on every screen; upstreams are in [UpstreamsTest].
@Timeout(600)
final class UsedViewsTest {
    private static final int CLIENTS = 60;
    private static final String LONG = "building." + "a-name-that-somebody-has-made-up.".repeat(5) + "end";

    private final List<WebSocket> clients = new ArrayList<>();
    private Hub hub;
    private Browser browser;

    @BeforeEach
    void open() {
        browser = Browser.start();
        hub = Hub.start(HubConfig.on(ListenConfig.on("127.0.0.1:0"))
                .withAlerts(AlertConfig.defaults()
                        .withRules(rule("busy", "connections >= 10"), rule("nodes", "nodes_lost > 0"))));
        for (int i = 0; i < CLIENTS; i++) {
            WebSocket client = WebSockets.connect(WebSocketClientConfig.to("ws://" + hub.endpoint() + "/ws")
                    .withWebSocket(WebSocketConfig.defaults().withSubprotocols("hawser.v1.json")));
            clients.add(client);
            ask(client, "{'id':1,'hello':{'client':'meter-" + i + "'}}");
            ask(client, "{'id':2,'sub':{'topic':'room." + i + "'}}");
        }
        browser.screen(1440, 900, "light");
        browser.openLive("http://" + hub.endpoint() + "/");
    }

    private static void ask(WebSocket client, String request) {
        var _ = client.send(request.replace('\'', '"'));
        assertThat(client.receive().text()).doesNotContain("\"err\"");
    }

    private static AlertRule rule(String name, String when) {
        return new AlertRule(name, AlertCondition.parse(when), Duration.ofSeconds(1), Optional.empty());
    }

    @AfterEach
    void close() {
        if (browser != null) browser.close();
        clients.forEach(WebSocket::close);
        if (hub != null) hub.close();
    }

    @Test
    void everyViewFitsEveryScreenInBothThemes() throws IOException {
        String reading = "a reading of some sensor ".repeat(8);
        for (int i = 0; i < 50; i++) publish(LONG, reading + i);
        for (int i = 0; i < CLIENTS; i++) publish("hall." + i, reading);
        browser.expect("nav a[href='#/alerts'] .tag").hasText("1");
        browser.show("alerts");
        browser.expect("[data-testid=alerts] tbody tr:has(th:text-is('busy'))").containsText("firing");
        browser.expect("[data-testid=alerts] tbody tr:has(th:text-is('nodes'))").containsText("quiet");
        browser.everyScreen("alerts-used");

        browser.show("topics");
        browser.expect("[data-testid=topics] tbody tr").hasCount(50);
        browser.click(LONG);
        browser.expect("[data-testid=tail] li").hasCount(50);
        browser.everyScreen("topics-used");

        browser.show("playground");
        browser.click("Connect");
        browser.expect("[data-testid=sid]").not().isEmpty();
        browser.type("Topic", LONG);
        browser.click("Subscribe");
        browser.type("Message: a text, or JSON", reading);
        browser.click("Publish");
        browser.expect("[data-testid=frames]").containsText("\"pub\"");
        browser.everyScreen("playground-used");

        // By now its charts have something to show.
        browser.show("overview");
        browser.expect("canvas").hasCount(6);
        browser.everyScreen("overview-used");
        assertThat(browser.complaints()).isEmpty();
    }

    private void publish(String topic, String text) {
        ask(clients.getFirst(), "{'id':3,'pub':{'topic':'" + topic + "','d':'" + text + "'}}");
    }

    @Test
    void aLongListComesInPages() throws IOException {
        browser.show("sessions");
        browser.expect("[data-testid=sessions] tbody tr").hasCount(50);
        browser.expect("[data-testid=said]").hasText(CLIENTS + 1 + " found, page 1");
        String first = browser.text("[data-testid=sessions] tbody th");
        browser.click("Next");
        browser.expect("[data-testid=sessions] tbody tr").hasCount(CLIENTS + 1 - 50);
        browser.expect("[data-testid=said]").hasText(CLIENTS + 1 + " found, page 2");
        browser.expect(".pages button:text('Next')").isDisabled();
        assertThat(browser.text("[data-testid=sessions] tbody th").lines())
                .doesNotContainAnyElementsOf(first.lines().toList());
        browser.click("Back");
        browser.expect("[data-testid=sessions] tbody tr").hasCount(50);
        assertThat(browser.text("[data-testid=sessions] tbody th")).isEqualTo(first);
        browser.page().locator("[data-testid=sessions] tbody button").first().click();
        browser.expect("#opened").containsText("Messages in");
        browser.everyScreen("sessions-used");
        assertThat(browser.complaints()).isEmpty();
    }
}
