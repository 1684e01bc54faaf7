package io.hawser.conformance.dashboard;

import static io.hawser.conformance.dashboard.Browser.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Route;
import io.hawser.Deadline;
import io.hawser.conformance.rest.Http;
import io.hawser.conformance.v1.Client;
import io.hawser.conformance.v1.Wire;
import io.hawser.hub.ClusterConfig;
import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.nats.NatsConfig;
import io.hawser.tcp.ListenConfig;
import io.hawser.testkit.NatsServer;
import io.hawser.websocket.WebSocket;
import io.hawser.websocket.WebSocketClientConfig;
import io.hawser.websocket.WebSocketConfig;
import io.hawser.websocket.WebSockets;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The figures of every node, seen from one.
@EnabledIf("io.hawser.testkit.NatsServer#isHere")
@Timeout(300)
final class ClusterFiguresTest {
    private static final JsonMapper JSON = new JsonMapper();

    private static Hub hub(String node, NatsServer broker) {
        ClusterConfig cluster =
                ClusterConfig.defaults().withNats(NatsConfig.of(broker.url()).withMaxBytes(64 << 20));
        return Hub.start(
                HubConfig.on(ListenConfig.on("127.0.0.1:0")).withNode(node).withCluster(cluster));
    }

    @Test
    void whoLooksAtOneNodeSeesAllOfThem() throws Exception {
        try (NatsServer broker = NatsServer.start();
                Hub one = hub("one", broker);
                Hub two = hub("two", broker);
                WebSocket viewer = WebSockets.connect(WebSocketClientConfig.to("ws://" + one.endpoint() + "/ws")
                        .withWebSocket(WebSocketConfig.defaults().withSubprotocols("hawser.v1.json")))) {
            assertThat(two.node()).isEqualTo("two");
            var _ = viewer.send("{\"id\":1,\"hello\":{\"client\":\"viewer\"}}");
            var _ = viewer.send("{\"id\":2,\"sub\":{\"topic\":\"$hub.stats\"}}");
            Set<String> seen = new HashSet<>();
            Deadline.within(Duration.ofSeconds(60), () -> {
                while (seen.size() < 2) {
                    JsonNode pub = JSON.readTree(viewer.receive().text()).path("pub");
                    if (!pub.has("d")) continue;
                    assertThat(pub.at("/d/protocols").isArray()).isTrue();
                    seen.add(pub.at("/d/node").asString());
                }
                return seen;
            });
            assertThat(seen).containsExactlyInAnyOrder("one", "two");
        }
    }

    @Test
    void thePageShowsAllNodesTogetherEachAloneAndWhichIsGone() throws Exception {
        try (NatsServer broker = NatsServer.start();
                Hub one = hub("one", broker);
                Hub two = hub("two", broker);
                Client first = Wire.WEBSOCKET_JSON.connect(two.endpoint());
                Client second = Wire.MSGI.connect(two.endpoint());
                Browser browser = Browser.start()) {
            first.greet("first");
            second.greet("second");
            browser.openLive("http://" + one.endpoint() + "/");
            browser.expect("[data-testid=nodes] tbody tr").hasCount(2);
            browser.expect(row("one")).containsText("up");
            browser.expect(row("two")).containsText("up");
            browser.click("two");
            browser.expect(".choices [aria-pressed=true]").hasText("two");
            browser.expect("[data-testid=tiles] div:has(dt:text-is('Connections')) dd")
                    .hasText("2");
            assertThat(connections(browser)).contains("msgi 1").contains("websocket 1");
            browser.click("All nodes");
            eventually().untilAsserted(() -> assertThat(connections(browser)).contains("msgi 1", "websocket 2"));
            two.close();
            browser.expect(row("two")).containsText("gone");
            browser.expect(row("one")).containsText("up");
            eventually()
                    .untilAsserted(() -> assertThat(connections(browser))
                            .contains("websocket 1")
                            .doesNotContain("msgi 1"));
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private static String connections(Browser browser) {
        return browser.page().locator("canvas[aria-label^='Connections']").getAttribute("aria-label");
    }

    private static String row(String node) {
        return "[data-testid=nodes] tbody tr:has(th:text-is('" + node + "'))";
    }

    /// As behind a balancer, where one answer is of one node, and the next of the other.
    @Test
    void aSessionThatAnotherNodeDoesNotKnowIsNotTakenForOneThatHasEnded() throws Exception {
        try (NatsServer broker = NatsServer.start();
                Hub one = hub("one", broker);
                Hub two = hub("two", broker);
                Client meter = Wire.WEBSOCKET_JSON.connect(one.endpoint());
                Browser browser = Browser.start()) {
            String sid = meter.greet("meter").path("sid").asString();
            AtomicReference<Hub> answering = new AtomicReference<>(one);
            browser.page().route(Pattern.compile("/api/v1/sessions\\?"), route -> {
                URI asked = URI.create(route.request().url());
                String elsewhere =
                        "http://" + answering.get().endpoint() + asked.getRawPath() + "?" + asked.getRawQuery();
                route.fulfill(new Route.FulfillOptions()
                        .setResponse(route.fetch(new Route.FetchOptions().setUrl(elsewhere))));
            });
            browser.openLive("http://" + one.endpoint() + "/");
            browser.expect("[data-testid=nodes] tbody tr").hasCount(2);
            browser.show("sessions");
            browser.expect("main").containsText("in all on node one");
            browser.click(sid);
            browser.expect("#opened").containsText("Messages in");
            answering.set(two);
            browser.expect("main").containsText("in all on node two");
            browser.expect("#opened")
                    .containsText(
                            "Node two answers now, and this session is not on it: the figures are the last of node one.");
            browser.expect("#opened").containsText("Messages in");
            answering.set(one);
            browser.expect("#opened").not().containsText("Node two");
            new Http(one.endpoint())
                    .ask("DELETE", "/api/v1/sessions/" + sid, "")
                    .is(204);
            browser.expect("#opened").hasCount(0);
            browser.page().unrouteAll();
            assertThat(browser.complaints()).isEmpty();
        }
    }
}
