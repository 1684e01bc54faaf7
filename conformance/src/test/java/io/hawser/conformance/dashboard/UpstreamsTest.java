package io.hawser.conformance.dashboard;

import static io.hawser.conformance.dashboard.Browser.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.http.HttpClient;
import io.hawser.http.HttpClientConfig;
import io.hawser.http.HttpConfig;
import io.hawser.http.HttpHandler;
import io.hawser.http.HttpServer;
import io.hawser.http.Response;
import io.hawser.http.UpstreamConfig;
import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.hub.UpstreamSite;
import io.hawser.policy.BreakerConfig;
import io.hawser.policy.HealthConfig;
import io.hawser.policy.RetryConfig;
import io.hawser.tcp.ListenConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What the page shows of the services behind a hub while they are well and while they are not.
@Timeout(300)
final class UpstreamsTest {
    private static HttpServer serve(HttpHandler handler) {
        return HttpServer.start(ListenConfig.on("127.0.0.1:0"), HttpConfig.defaults(), handler);
    }

    private static Response cached(String text) {
        return Response.text(text).withHeader("Cache-Control", "max-age=3600");
    }

    @Test
    void endpointsBreakersBudgetsAndLatenciesAreSeenAsTheyChange() throws IOException {
        AtomicBoolean isIll = new AtomicBoolean();
        UpstreamConfig shop = UpstreamConfig.named("shop")
                .withHealth("/health", HealthConfig.defaults().withInterval(Duration.ofMillis(100)));
        UpstreamConfig mail = UpstreamConfig.named("mail")
                .withRetry(RetryConfig.defaults().withFixedDelay(Duration.ofMillis(1)))
                .withBreaker(BreakerConfig.defaults().withMinCalls(5));
        try (HttpServer one = serve(request -> Response.of(isIll.get() ? 500 : 200));
                HttpServer two = serve(request -> cached("two"));
                Hub hub = Hub.start(HubConfig.on(ListenConfig.on("127.0.0.1:0"))
                        .withUpstreams(
                                UpstreamSite.at("/shop", List.of(one.endpoint(), two.endpoint()), shop)
                                        .withCached(true),
                                UpstreamSite.at("/mail", List.of(one.endpoint()), mail)));
                HttpClient client = HttpClient.open(HttpClientConfig.to("http://" + hub.endpoint()));
                Browser browser = Browser.start()) {
            browser.screen(1440, 900, "light");
            browser.open("http://" + hub.endpoint() + "/#/upstreams");
            eventually().untilAsserted(() -> {
                for (int i = 0; i < 20; i++)
                    assertThat(client.get("/mail").status()).isEqualTo(200);
                assertThat(browser.text("[data-testid=figures-mail]"))
                        .matches("(?s)Requests\\s+[1-9].*/s.*p99\\s+[0-9].*Retry budget\\s+500 of 500.*");
            });
            assertThat(browser.text("[data-testid=endpoints-mail]"))
                    .contains(one.endpoint().toString(), "up", "closed");
            assertThat(browser.text("[data-testid=figures-shop]")).contains("Cache hits");
            assertThat(browser.text("main")).contains("Nobody asks these endpoints how they are");

            isIll.set(true);
            eventually().untilAsserted(() -> {
                for (int i = 0; i < 20; i++)
                    assertThat(client.get("/mail").status()).isGreaterThanOrEqualTo(500);
                assertThat(browser.text("[data-testid=endpoints-shop]")).contains("ill", "up");
                assertThat(browser.text("[data-testid=endpoints-mail]")).containsPattern("open|ejected");
                assertThat(browser.text("[data-testid=figures-mail]")).doesNotContain("500 of 500");
            });
            browser.everyScreen("upstreams-used");
            assertThat(browser.complaints()).isEmpty();
        }
    }
}
