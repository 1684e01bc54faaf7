package io.hawser.conformance.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.conformance.v1.Client;
import io.hawser.conformance.v1.Wire;
import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.hub.alerts.AlertCondition;
import io.hawser.hub.alerts.AlertConfig;
import io.hawser.hub.alerts.AlertRule;
import io.hawser.tcp.ListenConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    private final List<Client> clients = new ArrayList<>();
    private Hub hub;
    private Browser browser;

    @BeforeEach
    void open() throws IOException {
        browser = Browser.start();
        hub = Hub.start(HubConfig.on(ListenConfig.on("127.0.0.1:0"))
                .withAlerts(AlertConfig.defaults()
                        .withRules(rule("busy", "connections >= 10"), rule("nodes", "nodes_lost > 0"))));
        for (int i = 0; i < CLIENTS; i++) {
            Client client = Wire.WEBSOCKET_JSON.connect(hub.endpoint());
            clients.add(client);
            client.greet("meter-" + i);
            client.subscribe("room." + i);
        }
        browser.screen(1440, 900, "light");
        browser.openLive("http://" + hub.endpoint() + "/");
    }

    private static AlertRule rule(String name, String when) {
        return new AlertRule(name, AlertCondition.parse(when), Duration.ofSeconds(1), Optional.empty());
    }

    @AfterEach
    void close() throws IOException {
        if (browser != null) browser.close();
        for (Client client : clients) client.close();
        if (hub != null) hub.close();
    }

    @Test
    void everyViewFitsEveryScreenInBothThemes() throws IOException {
        Client client = clients.getFirst();
        for (int i = 0; i < 50; i++) client.publish(LONG, Map.of("reading", i, "of", "a sensor ".repeat(20)));
        for (int i = 0; i < CLIENTS; i++) client.publish("hall." + i, i);
        browser.expect("nav a[href='#/alerts'] .tag").hasText("1");
        browser.expect("canvas").hasCount(6);
        browser.everyScreen("overview-used");

        browser.show("alerts");
        browser.expect("[data-testid=alerts] tbody tr:has(th:text-is('busy'))").containsText("firing");
        browser.expect("[data-testid=alerts] tbody tr:has(th:text-is('nodes'))").containsText("quiet");
        browser.everyScreen("alerts-used");

        browser.show("topics");
        browser.type("Filter topics", "building");
        browser.click(LONG);
        browser.expect("[data-testid=tail] li").hasCount(50);
        browser.everyScreen("topics-used");

        browser.show("playground");
        browser.click("Connect");
        browser.expect("[data-testid=sid]").not().isEmpty();
        browser.type("Topic", LONG);
        browser.click("Subscribe");
        browser.type("Message: a text, or JSON", "a sensor ".repeat(20));
        browser.click("Publish");
        browser.expect("[data-testid=frames]").containsText("\"pub\"");
        browser.everyScreen("playground-used");
        assertThat(browser.complaints()).isEmpty();
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
