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
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

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
    @SuppressWarnings("try") // one of them goes before the other
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

    @Test
    void theSessionsOfAllNodesAreInOneList() throws Exception {
        try (NatsServer broker = NatsServer.start();
                Hub one = hub("one", broker);
                Hub two = hub("two", broker);
                Client near = Wire.WEBSOCKET_JSON.connect(one.endpoint());
                Client far = Wire.WEBSOCKET_JSON.connect(two.endpoint());
                Browser browser = Browser.start()) {
            near.greet("near");
            String sid = far.greet("far").path("sid").asString();
            browser.openLive("http://" + one.endpoint() + "/");
            browser.expect("[data-testid=nodes] tbody tr").hasCount(2);
            browser.show("sessions");
            browser.expect("main").containsText("in all on 2 nodes");
            browser.expect("[data-testid=sessions] tr:has-text('near')").containsText("one");
            browser.expect("[data-testid=sessions] tr:has-text('far')").containsText("two");
            browser.click(sid);
            browser.expect("#opened").containsText("Messages in");
            browser.page().locator("#opened input").fill("psst");
            browser.click("Send");
            assertThat(far.read().at("/msg/d").asString()).isEqualTo("psst");

            isSilent(browser, "two", true);
            browser.expect("main").containsText("in all node two does not answer");
            browser.expect("#opened").containsText("Node two does not answer, and no other has this session");
            browser.expect("#opened").containsText("Messages in");
            isSilent(browser, "two", false);
            browser.expect("#opened").not().containsText("does not answer");
            new Http(two.endpoint())
                    .ask("DELETE", "/api/v1/sessions/" + sid, "")
                    .is(204);
            browser.expect("#opened").hasCount(0);
            assertThat(browser.complaints()).isEmpty();
        }
    }

    /// What the list says where a node of the cluster does not answer in time.
    private static void isSilent(Browser browser, String node, boolean is) {
        browser.page().unrouteAll();
        if (!is) return;
        browser.page().route(Pattern.compile("/api/v1/sessions\\?"), route -> {
            ObjectNode answer = (ObjectNode) JSON.readTree(route.fetch().text());
            ArrayNode sessions = JSON.createArrayNode();
            answer.path("sessions").forEach(each -> {
                if (!each.path("node").asString().equals(node)) sessions.add(each);
            });
            answer.set("sessions", sessions);
            answer.putArray("nodes").add("one");
            answer.putObject("missing").put(node, "an answer of node " + node);
            route.fulfill(new Route.FulfillOptions()
                    .setContentType("application/json")
                    .setBody(answer.toString()));
        });
    }
}
