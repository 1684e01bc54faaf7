package io.hawser.hub.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Async;
import io.hawser.Endpoint;
import io.hawser.config.ConfigFile;
import io.hawser.http.Body;
import io.hawser.http.Headers;
import io.hawser.http.HttpClient;
import io.hawser.http.HttpClientConfig;
import io.hawser.http.HttpConfig;
import io.hawser.http.HttpHandler;
import io.hawser.http.HttpServer;
import io.hawser.http.Response;
import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.hub.Reload;
import io.hawser.hub.config.HubFile;
import io.hawser.io.ExecutionMode;
import io.hawser.session.Message;
import io.hawser.session.Session;
import io.hawser.session.SessionHandler;
import io.hawser.tcp.ListenConfig;
import io.hawser.websocket.WebSocket;
import io.hawser.websocket.WebSocketClientConfig;
import io.hawser.websocket.WebSocketConfig;
import io.hawser.websocket.WebSockets;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The services behind a hub, from its file to their answers.
final class GatewayTest {
    @TempDir
    private Path folder;

    private static HttpServer serve(HttpHandler handler) {
        return HttpServer.start(ListenConfig.on("127.0.0.1:0"), HttpConfig.defaults(), handler);
    }

    private HubConfig config(String upstreams) throws IOException {
        return config("", upstreams);
    }

    private HubConfig config(String others, String upstreams) throws IOException {
        Path file = Files.writeString(
                folder.resolve("hub.conf"),
                others + "\nhub { listen = \"127.0.0.1:0\", upstreams { " + upstreams + " } }");
        return ConfigFile.of(file)
                .withEnvironment(Map.of())
                .withProperties(Map.of())
                .read(HubFile.class)
                .value()
                .toConfig();
    }

    private static HttpClient client(Hub hub) {
        return HttpClient.open(HttpClientConfig.to("http://" + hub.endpoint()));
    }

    private static String tell(String name, Headers headers, String target) {
        return name + " " + target + " by " + headers.value("Via", "?") + " of "
                + headers.value("X-Forwarded-Host", "?") + " with " + headers.value("Cookie", "no cookie");
    }

    @Test
    void pathsAndHostsLeadToTheirServicesAndAllElseToTheHub() throws Exception {
        try (HttpServer one = serve(request -> Response.text(tell("one", request.headers(), request.target())));
                HttpServer two = serve(request -> Response.text("two " + request.target()));
                Hub hub = Hub.start(config("""
                        shop { path = "/shop", strip_path = true, endpoints = ["http://%s"] }
                        admin { path = "/shop/admin", endpoints = ["http://%s"] }
                        wiki { path = "wiki.example/", endpoints = ["http://%2$s"] }
                        """.formatted(one.endpoint(), two.endpoint())));
                HttpClient client = client(hub)) {
            assertThat(client.get("/shop/a?b=c")
                            .header("Cookie", "a=1; hawser-admin=12.secret; b=2")
                            .text())
                    .isEqualTo("one /a?b=c by 1.1 hawser of " + hub.endpoint() + " with a=1; b=2");
            assertThat(client.get("/shop").header("Cookie", "hawser-admin=1").text())
                    .startsWith("one / ")
                    .endsWith("no cookie");
            assertThat(client.get("/shop/admin/x").text()).isEqualTo("two /shop/admin/x");
            assertThat(client.get("/plaintext")
                            .header("Host", "Wiki.Example:99")
                            .text())
                    .isEqualTo("two /plaintext");
            assertThat(client.get("/plaintext").text()).isEqualTo("Hello, World!");
            assertThat(client.get("/shopping").send().status()).isEqualTo(404);
            Response seen = client.get("/api/v1/upstreams").send();
            assertThat(seen.body().text())
                    .contains("\"node\":\"hawser\"", "\"name\":\"shop\"")
                    .contains("\"endpoint\":\"" + one.endpoint() + "\"", "\"healthy\":true");
        }
    }

    /// One that is slow holds up nobody else, also where a loop carries who waits for it.
    @ParameterizedTest
    @EnumSource(ExecutionMode.class)
    void servicesAreWaitedForInEveryModeOfHandlers(ExecutionMode mode) throws Exception {
        CountDownLatch mayAnswer = new CountDownLatch(1);
        byte[] content = new byte[300_000];
        for (int i = 0; i < content.length; i++) content[i] = (byte) ((i * 31) >> 3);
        HttpHandler echo = request -> {
            if (request.rawPath().equals("/back/slow")) mayAnswer.await();
            return Response.ok(request.body());
        };
        try (HttpServer behind = serve(echo);
                Hub hub = Hub.start(
                        config("back { path = \"/back\", endpoints = [\"http://%s\"] }".formatted(behind.endpoint()))
                                .withHandlers(mode));
                HttpClient client = client(hub)) {
            CompletableFuture<String> late = CompletableFuture.supplyAsync(
                    () -> client.post("/back/slow").text("late").text());
            for (int i = 0; i < 3; i++) {
                Body streamed = Body.of(new ByteArrayInputStream(content));
                assertThat(client.post("/back/a").body(streamed).bytes().toArray())
                        .isEqualTo(content);
                assertThat(client.post("/back/b").text("short").text()).isEqualTo("short");
            }
            assertThat(late).isNotDone();
            mayAnswer.countDown();
            assertThat(late.get(30, TimeUnit.SECONDS)).isEqualTo("late");
        }
    }

    @Test
    void aServiceThatIsAwayIsABadGatewayAndOneOfTwoIsEnough() throws Exception {
        Endpoint gone;
        try (HttpServer closed = serve(request -> Response.of(200))) {
            gone = closed.endpoint();
        }
        try (HttpServer here = serve(request -> Response.text("here"));
                Hub hub = Hub.start(config("""
                        gone { path = "/gone", endpoints = ["http://%s"], retry { attempts = 1 } }
                        half { path = "/half", endpoints = ["http://%1$s", "http://%s"] }
                        """.formatted(gone, here.endpoint())));
                HttpClient client = client(hub)) {
            Response refused = client.get("/gone/x").send();
            assertThat(refused.status()).isEqualTo(502);
            assertThat(refused.header("Content-Type")).contains("application/problem+json");
            assertThat(refused.body().text()).doesNotContain(gone.toString());
            for (int i = 0; i < 20; i++) {
                assertThat(client.get("/half/x").text()).isEqualTo("here");
            }
        }
    }

    @Test
    void anEndpointThatIsIllIsSeenAndSpared() throws Exception {
        AtomicBoolean isIll = new AtomicBoolean();
        try (HttpServer ill = serve(request -> Response.of(isIll.get() ? 503 : 200));
                HttpServer well = serve(request -> Response.text("well"));
                Hub hub = Hub.start(config("""
                        both { path = "/both", endpoints = ["http://%s", "http://%s"],
                               health { path = "/health", interval = 20ms, unhealthy_after = 1 } }
                        """.formatted(ill.endpoint(), well.endpoint())));
                HttpClient client = client(hub)) {
            isIll.set(true);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() ->
                            assertThat(client.get("/api/v1/upstreams").text()).contains("\"healthy\":false"));
            for (int i = 0; i < 20; i++) assertThat(client.get("/both").text()).isEqualTo("well");
            assertThat(client.get("/metrics").text())
                    .contains("hawser_policy_events_total{detail=\"down\",event=\"health\",upstream=\"both\"} 1.0");
        }
    }

    @Test
    void whatMayBeKeptIsSharedUntilItIsPurged() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        HttpHandler counting = request -> Response.text("answer " + calls.incrementAndGet())
                .withHeader("Cache-Control", "s-maxage=3600")
                .withHeader("Surrogate-Key", "front");
        try (HttpServer server = serve(counting);
                Hub hub = Hub.start(config("""
                        shop { path = "/shop", endpoints = ["http://%s"], cache = true }
                        live { path = "/live", endpoints = ["http://%1$s"] }
                        """.formatted(server.endpoint())));
                HttpClient client = client(hub)) {
            assertThat(client.get("/shop/a").text()).isEqualTo("answer 1");
            Response kept = client.get("/shop/a").send();
            assertThat(kept.body().text()).isEqualTo("answer 1");
            assertThat(kept.header("Cache-Status").orElse("")).contains("hit");
            assertThat(kept.header("Surrogate-Key")).isEmpty();
            assertThat(client.get("/live/a").text()).isEqualTo("answer 2");
            assertThat(client.get("/live/a").text()).isEqualTo("answer 3");
            assertThat(client.delete("/api/v1/cache?key=front").text()).isEqualTo("{\"purged\":1}");
            assertThat(client.get("/shop/a").text()).isEqualTo("answer 4");
            assertThat(client.delete("/api/v1/cache?path=/shop/a").text()).isEqualTo("{\"purged\":1}");
            assertThat(client.get("/shop/a").text()).isEqualTo("answer 5");
            assertThat(client.delete("/api/v1/cache?prefix=http://" + hub.endpoint() + "/shop/")
                            .text())
                    .isEqualTo("{\"purged\":1}");
            assertThat(client.get("/shop/a").text()).isEqualTo("answer 6");
            assertThat(client.delete("/api/v1/cache").send().status()).isEqualTo(400);
        }
    }

    /// Somebody who sends a body along with GET must not choose what others get from the cache.
    @Test
    void whatABodyAskedForIsKeptForNobody() throws Exception {
        HttpHandler reflecting =
                request -> Response.text("in " + request.body().text()).withHeader("Cache-Control", "s-maxage=3600");
        try (HttpServer server = serve(reflecting);
                Hub hub = Hub.start(config("shop { path = \"/shop\", endpoints = [\"http://%s\"], cache = true }"
                        .formatted(server.endpoint())));
                HttpClient client = client(hub)) {
            for (String framed : List.of(
                    "Content-Length: 9\r\n\r\nlang=evil",
                    "Transfer-Encoding: chunked\r\n\r\n9\r\nlang=evil\r\n0\r\n\r\n")) {
                String asking =
                        "GET /shop/a HTTP/1.1\r\nHost: " + hub.endpoint() + "\r\nConnection: close\r\n" + framed;
                try (Socket poisoner =
                        new Socket(hub.endpoint().host(), hub.endpoint().port())) {
                    poisoner.getOutputStream().write(asking.getBytes(StandardCharsets.US_ASCII));
                    String answer = new String(poisoner.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                    assertThat(answer)
                            .startsWith("HTTP/1.1 200 ")
                            .contains("fwd=bypass")
                            .endsWith("in lang=evil");
                }
                assertThat(client.get("/shop/a").text()).isEqualTo("in ");
            }
        }
    }

    @Test
    void overTheLimitOfItsServiceAWebSocketIsToldToComeBack() throws Exception {
        SessionHandler echo = Session::send;
        try (HttpServer behind = serve(request -> WebSockets.accept(request, WebSocketConfig.defaults(), echo));
                Hub hub = Hub.start(config("network.http.max_upgraded = 1", """
                        chat { path = "/chat", endpoints = ["http://%s"] }
                        """.formatted(behind.endpoint())));
                WebSocket one = WebSockets.connect(WebSocketClientConfig.to("ws://" + hub.endpoint() + "/chat"));
                Socket other = new Socket(hub.endpoint().host(), hub.endpoint().port())) {
            one.send(Message.text("hello"));
            assertThat(one.receive().text()).isEqualTo("hello");
            String asking = "GET /chat HTTP/1.1\r\nHost: " + hub.endpoint()
                    + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
            other.getOutputStream().write(asking.getBytes(StandardCharsets.US_ASCII));
            other.shutdownOutput();
            String answer = new String(other.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(answer)
                    .startsWith("HTTP/1.1 503 ")
                    .contains("Retry-After: 1\r\n", "Content-Type: application/problem+json\r\n");
        }
    }

    @Test
    void servicesComeChangeAndGoWhileItRuns() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        HttpHandler kept = request ->
                Response.text("kept " + calls.incrementAndGet()).withHeader("Cache-Control", "s-maxage=3600");
        try (HttpServer one = serve(kept);
                HttpServer two = serve(request -> Response.text("two " + request.target()));
                Hub hub = Hub.start(config(""));
                HttpClient client = client(hub)) {
            assertThat(client.get("/shop/a").send().status()).isEqualTo(404);
            String shop = "shop { path = \"/shop\", cache = true, endpoints = [\"http://" + one.endpoint() + "\"] }";
            String wiki = "\n wiki { path = \"/wiki\", endpoints = [\"http://" + two.endpoint() + "\"] }";
            assertThat(hub.reload(config(shop))).isEqualTo(new Reload(List.of("hub.upstreams"), List.of()));
            assertThat(client.get("/shop/a").text()).isEqualTo("kept 1");
            // One that stays as it is keeps its cache.
            assertThat(hub.reload(config(shop + wiki)).changed()).containsExactly("hub.upstreams");
            assertThat(client.get("/shop/a").text()).isEqualTo("kept 1");
            assertThat(client.get("/wiki/b").text()).isEqualTo("two /wiki/b");
            assertThat(hub.reload(config(shop + wiki))).isEqualTo(new Reload(List.of(), List.of()));
            assertThat(hub.reload(config(wiki.replace("/wiki", "/shop"))).changed())
                    .containsExactly("hub.upstreams");
            assertThat(client.get("/shop/a").text()).isEqualTo("two /shop/a");
            assertThat(client.get("/wiki/b").send().status()).isEqualTo(404);
        }
    }

    @Test
    void aCallThatIsUnderWayOutlivesItsService() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        HttpHandler slow = request -> {
            asked.countDown();
            return Response.text(goOn.await(60, TimeUnit.SECONDS) ? "answer" : "late");
        };
        try (HttpServer server = serve(slow);
                Hub hub = Hub.start(
                        config("shop { path = \"/shop\", endpoints = [\"http://" + server.endpoint() + "\"] }"));
                HttpClient client = client(hub)) {
            CompletableFuture<String> call =
                    Async.call(() -> client.get("/shop/a").text());
            assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(hub.reload(config("")).changed()).containsExactly("hub.upstreams");
            goOn.countDown();
            assertThat(call.get(60, TimeUnit.SECONDS)).isEqualTo("answer");
        }
    }
}
