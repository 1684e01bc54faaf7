package io.hawser.conformance.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.hub.access.AccessConfig;
import io.hawser.tcp.ListenConfig;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The page of a hub that asks for its token.
@Timeout(300)
final class LoginTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String TOKEN = "the token of a test";

    @Test
    void whoHasTheTokenGetsInAndStaysInAndNobodyElseDoes() throws IOException {
        AccessConfig access = AccessConfig.defaults().withAdminToken(TOKEN);
        try (Hub hub = Hub.start(HubConfig.on(ListenConfig.on("127.0.0.1:0")).withAccess(access));
                Browser browser = Browser.start()) {
            String url = "http://" + hub.endpoint() + "/";
            browser.open(url);
            await().atMost(PATIENCE).until(() -> browser.text("main").contains("Admin token"));
            browser.everyScreen("login");
            browser.type("Admin token", "a guess");
            browser.click("Enter");
            await().atMost(PATIENCE).until(() -> browser.text("[role=alert]").contains("not the token"));
            browser.type("Admin token", TOKEN);
            browser.click("Enter");
            await().atMost(PATIENCE)
                    .until(() -> browser.text("[data-testid=state]").equals("live"));
            // Scripts cannot read what the browser shows from now on.
            assertThat(browser.evaluate("document.cookie").asString()).isEmpty();
            browser.open(url + "?again");
            await().atMost(PATIENCE)
                    .until(() -> browser.evaluate("location.search").asString().equals("?again")
                            && browser.text("[data-testid=state]").equals("live"));
            // What a browser says of each refusal.
            assertThat(browser.complaints()).allMatch(complaint -> complaint.contains("401"));
        }
    }
}
