package io.hawser.hub.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.Deadline;
import io.hawser.client.HubClient;
import io.hawser.client.HubClientConfig;
import io.hawser.client.Subscription;
import io.hawser.http.HttpClient;
import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.hub.alerts.AlertCondition;
import io.hawser.hub.alerts.AlertConfig;
import io.hawser.hub.alerts.AlertRule;
import io.hawser.io.IoConfig;
import io.hawser.tcp.ListenConfig;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The pool of timers has one place, and three look after a hub.
@Timeout(120)
final class TimerPlacesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void whereThePlacesForTimersAreTakenFiguresAreStillPublishedAndAlertsLookedAt() {
        AlertRule rule = new AlertRule(
                "always", AlertCondition.parse("connections >= 0"), Duration.ofSeconds(1), Optional.empty());
        HubConfig config = HubConfig.on(ListenConfig.on("127.0.0.1:0"))
                .withIo(IoConfig.defaults().withThreads(1).withQueueSizePerThread(1))
                .withAlerts(AlertConfig.defaults().withRules(rule));
        try (Hub hub = Hub.start(config);
                HttpClient http = HttpClient.open();
                HubClient client = HubClient.connect(HubClientConfig.to("msgi://" + hub.endpoint()));
                Subscription stats = client.subscribe("$hub.stats")) {
            for (int i = 0; i < 2; i++) {
                assertThat(Deadline.within(PATIENCE, stats::receive).topic()).isEqualTo("$hub.stats");
            }
            String alerts = "http://" + hub.endpoint() + "/api/v1/alerts";
            await().atMost(PATIENCE).until(() -> http.get(alerts).text().contains("\"state\":\"firing\""));
        }
    }
}
