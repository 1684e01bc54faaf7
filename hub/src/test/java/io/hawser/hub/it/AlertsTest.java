package io.hawser.hub.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
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
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

final class AlertsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// The first that is posted is refused twice, and its end waits for it.
    @Test
    void whatFiresIsShownAndPostedAgainUntilItIsTakenAndThenItsEnd() throws IOException {
        List<Map<?, ?>> posted = Collections.synchronizedList(new ArrayList<>());
        try (HttpServer hook = HttpServer.start(ListenConfig.on("127.0.0.1:0"), HttpConfig.defaults(), request -> {
                    posted.add(request.body().as(Map.class, 10_000));
                    return Response.of(posted.size() <= 2 ? 503 : 204);
                });
                HttpClient client = HttpClient.open()) {
            AlertRule rule = new AlertRule(
                    "busy",
                    AlertCondition.parse("connections >= 3"),
                    Duration.ofSeconds(1),
                    Optional.of(URI.create("http://" + hook.endpoint() + "/hook/secret")));
            HubConfig config = HubConfig.on(ListenConfig.on("127.0.0.1:0"))
                    .withAlerts(AlertConfig.defaults().withRules(rule));
            try (Hub hub = Hub.start(config)) {
                String alerts = "http://" + hub.endpoint() + "/api/v1/alerts";
                try (var _ = connected(hub);
                        var _ = connected(hub)) {
                    await().atMost(PATIENCE)
                            .until(() -> client.get(alerts).text().contains("\"state\":\"firing\""));
                    assertThat(client.get(alerts).text())
                            .contains("\"busy\"", "\"node\":\"hawser\"")
                            .doesNotContain("secret");
                    await().atMost(PATIENCE).until(() -> !posted.isEmpty());
                }
                await().atMost(PATIENCE).until(() -> posted.size() >= 4);
                assertThat(posted.get(0)).isEqualTo(posted.get(1)).isEqualTo(posted.get(2));
                assertThat(posted.get(2).get("alert")).isEqualTo("busy");
                assertThat(posted.stream().map(news -> String.valueOf(news.get("state"))))
                        .containsExactly("firing", "firing", "firing", "resolved");
                AlertRule other = new AlertRule(
                        "many", AlertCondition.parse("connections > 1000"), Duration.ofSeconds(1), Optional.empty());
                assertThat(hub.reload(config.withAlerts(AlertConfig.defaults().withRules(other)))
                                .changed())
                        .containsExactly("hub.alerts");
                assertThat(client.get(alerts).text()).contains("many").doesNotContain("busy");
            }
        }
    }

    @Test
    void whatFiresByARuleThatIsTakenAwayIsOver() throws IOException {
        BlockingQueue<Map<?, ?>> posted = new LinkedBlockingQueue<>();
        try (HttpServer hook = HttpServer.start(ListenConfig.on("127.0.0.1:0"), HttpConfig.defaults(), request -> {
            posted.add(request.body().as(Map.class, 10_000));
            return Response.of(204);
        })) {
            HubConfig config = HubConfig.on(ListenConfig.on("127.0.0.1:0"))
                    .withAlerts(AlertConfig.defaults().withRules(rule("busy", hook)));
            try (Hub hub = Hub.start(config);
                    var _ = connected(hub)) {
                assertThat(next(posted)).containsEntry("state", "firing");
                hub.reload(config.withAlerts(AlertConfig.defaults()));
                assertThat(next(posted)).containsEntry("state", "resolved").containsEntry("alert", "busy");
            }
        }
    }

    @Test
    void aReceiverThatSaysNothingHoldsUpNoOtherRule() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        BlockingQueue<Map<?, ?>> posted = new LinkedBlockingQueue<>();
        try (HttpServer silent = HttpServer.start(ListenConfig.on("127.0.0.1:0"), HttpConfig.defaults(), request -> {
                    released.await();
                    return Response.of(204);
                });
                HttpServer hook = HttpServer.start(ListenConfig.on("127.0.0.1:0"), HttpConfig.defaults(), request -> {
                    posted.add(request.body().as(Map.class, 10_000));
                    return Response.of(204);
                })) {
            List<AlertRule> rules = new ArrayList<>();
            for (int i = 0; i < 40; i++) rules.add(rule("away-" + i, silent));
            rules.add(rule("well", hook));
            HubConfig config = HubConfig.on(ListenConfig.on("127.0.0.1:0"))
                    .withAlerts(AlertConfig.defaults().withRules(rules.toArray(AlertRule[]::new)));
            try (Hub hub = Hub.start(config);
                    var _ = connected(hub)) {
                assertThat(next(posted)).containsEntry("state", "firing").containsEntry("alert", "well");
            } finally {
                released.countDown();
            }
        }
    }

    /// The receiver answers nothing while the rule fires, goes, fires again and goes again.
    @Test
    void ofWhatComesWhileAReceiverIsAwayTheLatestIsPosted() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        BlockingQueue<Map<?, ?>> posted = new LinkedBlockingQueue<>();
        try (HttpServer hook = HttpServer.start(ListenConfig.on("127.0.0.1:0"), HttpConfig.defaults(), request -> {
                    posted.add(request.body().as(Map.class, 10_000));
                    released.await();
                    return Response.of(204);
                });
                HttpClient client = HttpClient.open()) {
            HubConfig none = HubConfig.on(ListenConfig.on("127.0.0.1:0"));
            HubConfig config = none.withAlerts(AlertConfig.defaults().withRules(rule("busy", hook)));
            try (Hub hub = Hub.start(config);
                    var _ = connected(hub)) {
                String alerts = "http://" + hub.endpoint() + "/api/v1/alerts";
                assertThat(next(posted)).containsEntry("state", "firing");
                hub.reload(none);
                hub.reload(config);
                await().atMost(PATIENCE).until(() -> client.get(alerts).text().contains("\"state\":\"firing\""));
                hub.reload(none);
                released.countDown();
                assertThat(next(posted)).containsEntry("state", "resolved");
            } finally {
                released.countDown();
            }
        }
        assertThat(posted).as("after the latest").isEmpty();
    }

    private static AlertRule rule(String name, HttpServer hook) {
        return new AlertRule(
                name,
                AlertCondition.parse("connections >= 1"),
                Duration.ofSeconds(1),
                Optional.of(URI.create("http://" + hook.endpoint() + "/hook")));
    }

    private static Map<String, Object> next(BlockingQueue<Map<?, ?>> posted) {
        await().atMost(PATIENCE).until(() -> !posted.isEmpty());
        Map<String, Object> news = new HashMap<>();
        posted.remove().forEach((key, value) -> news.put(String.valueOf(key), value));
        return news;
    }

    private static Socket connected(Hub hub) throws IOException {
        Socket socket = new Socket(hub.endpoint().host(), hub.endpoint().port());
        // One that says nothing is soon cut off.
        socket.getOutputStream().write("GET /plaintext HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
        return socket;
    }
}
