package io.hawser.conformance.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.hub.access.AccessConfig;
import io.hawser.tcp.ListenConfig;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The page of a hub that asks for its token.
@Timeout(300)
final class LoginTest {
    private static final String TOKEN = "the token of a test";

    private Hub hub;
    private Browser browser;

    @BeforeEach
    void open() {
        browser = Browser.start();
        hub = hub(0, TOKEN);
        browser.open("http://" + hub.endpoint() + "/");
        browser.expect("main").containsText("Admin token");
    }

    @AfterEach
    void close() {
        if (browser != null) browser.close();
        if (hub != null) hub.close();
    }

    private static Hub hub(int port, String token) {
        return Hub.start(HubConfig.on(ListenConfig.on("127.0.0.1:" + port))
                .withAccess(AccessConfig.defaults().withAdminToken(token)));
    }

    private void enter(String token) {
        browser.type("Admin token", token);
        browser.press("Enter");
    }

    private void expectLive() {
        browser.expect("[data-testid=state]").hasText("live");
    }

    @Test
    void whoHasTheTokenGetsInAndStaysInAndNobodyElseDoes() throws IOException {
        browser.everyScreen("login");
        enter("a guess");
        browser.expect("[role=alert]").containsText("not the token");
        enter(TOKEN);
        expectLive();
        // Scripts cannot read what the browser shows from now on.
        assertThat(browser.evaluate("document.cookie").asString()).isEmpty();
        browser.open("http://" + hub.endpoint() + "/?again");
        expectLive();
        // What a browser says of each refusal.
        assertThat(browser.complaints()).allMatch(complaint -> complaint.contains("401"));
    }

    @Test
    void whoseLoginHasEndedIsAskedAgainAndGoesOnWhereHeWas() {
        enter(TOKEN);
        expectLive();
        browser.expect("main").isFocused();
        browser.show("sessions");
        browser.expect("[data-testid=sessions]").containsText("dashboard");
        browser.page().context().clearCookies();
        browser.expect("main").containsText("The login has ended.");
        browser.expect("input[type=password]").isFocused();
        enter(TOKEN);
        browser.expect("[data-testid=sessions]").containsText("dashboard");
        expectLive();
        assertThat(browser.evaluate("location.hash").asString()).isEqualTo("#/sessions");
        assertThat(browser.complaints()).allMatch(complaint -> complaint.contains("401"));
    }

    /// Its figures come by a WebSocket, which does not say why it was refused.
    @Test
    void aHubThatHasComeBackWithAnotherTokenAsksForItOnTheOverviewToo() {
        enter(TOKEN);
        expectLive();
        int port = hub.endpoint().port();
        hub.close();
        hub = hub(port, "another token of a test");
        browser.expect("main").containsText("The login has ended.");
        enter("another token of a test");
        expectLive();
    }
}
