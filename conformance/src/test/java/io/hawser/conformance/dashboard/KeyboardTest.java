package io.hawser.conformance.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
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
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The page without a pointer, and without seeing it.
@Timeout(300)
final class KeyboardTest {
    private Hub hub;
    private Browser browser;

    @BeforeEach
    void open() {
        AlertRule busy = new AlertRule(
                "busy", AlertCondition.parse("connections >= 20"), Duration.ofSeconds(1), Optional.empty());
        browser = Browser.start();
        hub = Hub.start(HubConfig.on(ListenConfig.on("127.0.0.1:0"))
                .withAlerts(AlertConfig.defaults().withRules(busy)));
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

    private void expectFocus(String selector) {
        browser.expect(selector).isFocused();
    }

    private void expectFocus(AriaRole role, String name) {
        Locator named = browser.page()
                .locator("#opened")
                .getByRole(role, new Locator.GetByRoleOptions().setName(name).setExact(true));
        PlaywrightAssertions.assertThat(named).isFocused();
    }

    @Test
    void theFirstStopLeadsPastTheLinksToTheContent() {
        browser.press("Tab");
        expectFocus("a.skip");
        browser.press("Enter");
        expectFocus("main");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aSessionIsFoundOpenedAndDisconnectedAndTheFocusIsNeverLost() throws IOException {
        try (Client meter = client("meter-7");
                Client other = client("meter-8")) {
            browser.press("Tab", "Tab", "Tab", "Tab");
            expectFocus("a[href='#/sessions']");
            browser.press("Enter");
            browser.expect("[data-testid=sessions]").containsText("meter-7");
            expectFocus("main");
            browser.press("Tab");
            expectFocus("input[type=search]");
            browser.page().keyboard().type("meter-7");
            browser.expect("[data-testid=sessions]").not().containsText("meter-8");
            browser.press("Tab", "Tab");
            expectFocus("[data-testid=sessions] tbody button");

            browser.press("Enter");
            expectFocus("#opened");
            browser.press("Escape");
            expectFocus("[data-testid=sessions] tbody button");

            browser.press("Enter");
            expectFocus("#opened");
            browser.press("Tab");
            expectFocus(AriaRole.BUTTON, "Disconnect");
            browser.press("Enter");
            expectFocus(AriaRole.BUTTON, "Yes");
            browser.press("Escape");
            expectFocus(AriaRole.BUTTON, "Disconnect");
            browser.press("Enter");
            expectFocus(AriaRole.BUTTON, "Yes");
            browser.press("Tab");
            expectFocus(AriaRole.BUTTON, "No");
            browser.press("Enter");
            expectFocus(AriaRole.BUTTON, "Disconnect");
            browser.press("Enter");
            expectFocus(AriaRole.BUTTON, "Yes");
            browser.press("Enter");
            assertThat(meter.awaitGoodbye()).isEqualTo(4011);
            browser.expect("#opened").hasCount(0);
            expectFocus("main");
            other.subscribe("still.there");
        }
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aTopicIsOpenedAndClosedAndItsMessagesAreSaidAsTheyCome() throws IOException {
        try (Client publisher = client("publisher")) {
            publisher.publish("room.1", "first");
            browser.show("topics");
            browser.page().locator("[data-testid=topics] tbody button").press("Enter");
            expectFocus("#opened");
            publisher.publish("room.1", "second");
            Locator log = browser.page().getByRole(AriaRole.LOG);
            PlaywrightAssertions.assertThat(log).containsText("second");
            browser.press("Tab");
            expectFocus(AriaRole.BUTTON, "Pause");
            browser.press("Tab");
            expectFocus(AriaRole.BUTTON, "Close");
            browser.press("Enter");
            expectFocus("[data-testid=topics] tbody button");
        }
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void anAlertThatBeginsToFireIsSaidOnEveryView() throws IOException {
        List<Client> crowd = new ArrayList<>();
        browser.show("playground");
        browser.expect("[role=alert]").hasText("");
        try {
            for (int i = 0; i < 20; i++) crowd.add(client("one of many"));
            browser.expect("[role=alert]").hasText("Alert busy: connections >= 20");
            browser.expect("nav a[href='#/alerts'] .tag").hasText("1");
            browser.show("alerts");
            browser.expect("[data-testid=alerts] tbody tr").containsText("firing");
        } finally {
            for (Client each : crowd) each.close();
        }
        browser.expect("[role=alert]").hasText("");
        assertThat(browser.complaints()).isEmpty();
    }
}
