package io.hawser.hub.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.http.HttpClient;
import io.hawser.http.HttpConfig;
import io.hawser.http.HttpServer;
import io.hawser.http.Response;
import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.hub.alerts.AlertCondition;
import io.hawser.hub.alerts.AlertConfig;
import io.hawser.hub.alerts.AlertRule;
import io.hawser.tcp.ListenConfig;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AlertsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void whatFiresIsShownAndPostedAgainUntilItIsTakenAndSoIsItsEnd() {
        List<Map<?, ?>> posted = Collections.synchronizedList(new ArrayList<>());
        try (HttpServer hook = HttpServer.start(ListenConfig.on("127.0.0.1:0"), HttpConfig.defaults(), request -> {
                    posted.add(request.body().as(Map.class, 10_000));
                    return Response.of(posted.size() == 1 ? 503 : 204);
                });
                HttpClient client = HttpClient.open()) {
            AlertRule rule = new AlertRule(
                    "busy",
                    AlertCondition.parse("connections >= 1"),
                    Duration.ofSeconds(1),
                    Optional.of(URI.create("http://" + hook.endpoint() + "/hook/secret")));
            HubConfig config = HubConfig.on(ListenConfig.on("127.0.0.1:0"))
                    .withAlerts(AlertConfig.defaults().withRules(rule));
            try (Hub hub = Hub.start(config)) {
                String alerts = "http://" + hub.endpoint() + "/api/v1/alerts";
                await().atMost(PATIENCE).until(() -> client.get(alerts).text().contains("\"state\":\"firing\""));
                assertThat(client.get(alerts).text()).contains("\"busy\"").doesNotContain("secret");
                await().atMost(PATIENCE).until(() -> posted.size() >= 2);
                assertThat(posted.get(0)).isEqualTo(posted.get(1));
                assertThat(posted.get(1).get("alert")).isEqualTo("busy");
                assertThat(posted.get(1).get("state")).isEqualTo("firing");
                AlertRule other = new AlertRule(
                        "many", AlertCondition.parse("connections > 1000"), Duration.ofSeconds(1), Optional.empty());
                assertThat(hub.reload(config.withAlerts(AlertConfig.defaults().withRules(other)))
                                .changed())
                        .containsExactly("hub.alerts");
                assertThat(client.get(alerts).text()).contains("many").doesNotContain("busy");
            }
        }
    }
}
