package io.hawser.http.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.Bytes;
import io.hawser.Deadline;
import io.hawser.LimitExceeded;
import io.hawser.ProtocolError;
import io.hawser.Reconnect;
import io.hawser.http.ApiClient;
import io.hawser.http.ApiClientConfig;
import io.hawser.http.Body;
import io.hawser.http.CookieJar;
import io.hawser.http.Cookies;
import io.hawser.http.Decompression;
import io.hawser.http.DigestAuthorization;
import io.hawser.http.EventSource;
import io.hawser.http.EventSourceConfig;
import io.hawser.http.HttpCache;
import io.hawser.http.HttpCacheConfig;
import io.hawser.http.HttpClient;
import io.hawser.http.HttpClientConfig;
import io.hawser.http.HttpConfig;
import io.hawser.http.HttpHandler;
import io.hawser.http.HttpPoolConfig;
import io.hawser.http.HttpServer;
import io.hawser.http.PolicyFilter;
import io.hawser.http.Redirects;
import io.hawser.http.Request;
import io.hawser.http.Response;
import io.hawser.http.ResponseCompression;
import io.hawser.http.Router;
import io.hawser.http.ServerSentEvent;
import io.hawser.http.SetCookie;
import io.hawser.policy.Retry;
import io.hawser.policy.RetryConfig;
import io.hawser.tcp.ListenConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The filters of a client on sockets, with one connection: a body that any of them forgot would keep it, and every
/// later call would wait in vain.
final class ClientFiltersTest {
    private static final String TEXT = "compress me ".repeat(1_000);

    private final AtomicInteger calls = new AtomicInteger();
    private HttpServer server;
    private HttpClient network;

    @BeforeEach
    void start() throws Exception {
        Router site = Router.builder()
                .get("/a", request -> Response.text(302, "moved ".repeat(1_000)).withHeader("Location", "/b"))
                .get(
                        "/b",
                        request -> SetCookie.of("seen", "b").withSecure(false).on(Response.redirect(303, "c?x=1")))
                .get(
                        "/c",
                        request -> Response.text(
                                "cookie " + Cookies.of(request).first("seen").orElse("none")))
                .get("/loop", request -> Response.redirect("/loop"))
                .get(
                        "/busy",
                        request -> calls.incrementAndGet() < 3
                                ? Response.text(503, "busy ".repeat(1_000)).withHeader("Retry-After", "0")
                                : Response.text("done"))
                .get(
                        "/secret",
                        request -> request.headers().has("Authorization")
                                ? Response.text("welcome")
                                : Response.text(401, "who ".repeat(1_000))
                                        .withHeader(
                                                "WWW-Authenticate", "Digest realm=\"r\", nonce=\"n\", qop=\"auth\""))
                .get("/doc", request -> {
                    calls.incrementAndGet();
                    boolean known = request.header("If-None-Match").orElse("").endsWith("\"v1\"");
                    Response answer = known ? Response.of(304) : Response.text(TEXT);
                    return answer.withHeader("ETag", "\"v1\"").withHeader("Cache-Control", "no-cache");
                })
                .get("/large", request -> Response.text(TEXT))
                .get("/bomb", request -> gzip(new byte[12 << 20]))
                .get("/cut", request -> {
                    Response whole = gzip(TEXT.getBytes(StandardCharsets.UTF_8));
                    Bytes content = whole.body().bytes();
                    return whole.withBody(Body.of(content.slice(0, content.size() - 4)));
                })
                .get("/events", this::events)
                .build();
        server = HttpServer.start(
                ListenConfig.on("127.0.0.1:0"), HttpConfig.defaults(), site.with(ResponseCompression.defaults()));
        HttpPoolConfig one = HttpPoolConfig.defaults().withMaxPerOrigin(1);
        network = HttpClient.open(
                HttpClientConfig.to("http://" + server.endpoint()).withPool(one));
    }

    @AfterEach
    void stop() {
        network.close();
        server.close();
    }

    private static Response gzip(byte[] content) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return Response.ok(Body.of(Bytes.wrap(bytes.toByteArray()))).withHeader("Content-Encoding", "gzip");
    }

    /// Two streams of events, then the end.
    private Response events(Request request) {
        String last = request.header("Last-Event-ID").orElse("0");
        if (last.equals("4")) return Response.noContent();
        int first = Integer.parseInt(last) + 1;
        return Response.ok(Body.writing("text/event-stream", sink -> {
            for (int i = first; i < first + 2; i++) {
                sink.write(ServerSentEvent.of("event " + i).withId("" + i).encode());
                sink.flush();
            }
        }));
    }

    private String text(HttpHandler client, String path) throws Exception {
        return Deadline.after(Duration.ofSeconds(30)).call(() -> {
            try (Body body = client.handle(Request.get(path)).body()) {
                return body.text();
            }
        });
    }

    @Test
    void aChainIsFollowedWithItsCookies() throws Exception {
        try (CookieJar jar = CookieJar.inMemory()) {
            HttpHandler client = network.with(Redirects.defaults(), jar, Decompression.defaults());
            assertThat(text(client, "/a")).isEqualTo("cookie b");
            assertThat(text(client, "/c")).isEqualTo("cookie b");
            assertThat(text(network, "/c")).isEqualTo("cookie none");
        }
    }

    @Test
    void aLoopAndTooManyStepsEndWithoutKeepingTheConnection() throws Exception {
        assertThatThrownBy(() -> text(network.with(Redirects.defaults()), "/loop"))
                .isInstanceOf(ProtocolError.class)
                .hasMessageContaining("loop");
        assertThatThrownBy(() -> text(network.with(Redirects.defaults().withMax(1)), "/a"))
                .isInstanceOf(LimitExceeded.class);
        assertThat(text(network, "/c")).isEqualTo("cookie none");
    }

    @Test
    void attemptsAndChallengesGiveTheirConnectionBack() throws Exception {
        HttpHandler client = network.with(
                PolicyFilter.of("site", Retry.of(RetryConfig.defaults())), DigestAuthorization.of("user", "password"));
        assertThat(text(client, "/busy")).isEqualTo("done");
        assertThat(text(client, "/secret")).isEqualTo("welcome");
        assertThat(text(client, "/secret")).isEqualTo("welcome");
    }

    @Test
    void callsOfAnApiAreTimedAndTheirRetriesCounted() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        ApiClientConfig config = ApiClientConfig.to("site", "http://" + server.endpoint());
        try (ApiClient api = ApiClient.open(config, registry)) {
            assertThat(api.get("/busy").timeout(Duration.ofSeconds(30)).text()).isEqualTo("done");
        }
        assertThat(registry.get("hawser.calls")
                        .tag("outcome", "success")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("hawser.policy.events")
                        .tag("event", "retried")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void aStoredAnswerIsValidatedAndServed() throws Exception {
        try (HttpCache cache = HttpCache.of(HttpCacheConfig.defaults())) {
            HttpHandler client = network.with(cache, Decompression.defaults());
            for (int i = 0; i < 5; i++) assertThat(text(client, "/doc")).isEqualTo(TEXT);
            assertThat(calls).hasValue(5);
            assertThat(cache.stats().validated()).isEqualTo(4);
            assertThat(cache.stats().stored()).isEqualTo(1);
        }
    }

    @Test
    void everyCodingOfTheServerIsUndone() throws Exception {
        for (String coding : List.of("gzip", "deflate", "br", "zstd")) {
            assertThat(text(network.with(Decompression.defaults().withCodings(coding)), "/large"))
                    .isEqualTo(TEXT);
        }
    }

    @Test
    void bombsAndCutContentAreErrorsAndTheClientGoesOn() throws Exception {
        HttpHandler client = network.with(Decompression.defaults());
        assertThatThrownBy(() -> drain(client, "/bomb"))
                .isInstanceOf(LimitExceeded.class)
                .hasMessageContaining("ratio");
        assertThatThrownBy(() -> drain(client, "/cut"))
                .isInstanceOf(ProtocolError.class)
                .hasMessageContaining("gzip");
        assertThat(text(client, "/c")).isEqualTo("cookie none");
    }

    private static long drain(HttpHandler client, String path) throws Exception {
        return Deadline.after(Duration.ofSeconds(30)).call(() -> {
            long size = 0;
            try (Body body = client.handle(Request.get(path)).body()) {
                for (Bytes piece = body.read(); !piece.isEmpty(); piece = body.read()) size += piece.size();
            }
            return size;
        });
    }

    @Test
    void eventsGoOnOverSeveralConnections() {
        Reconnect soon = Reconnect.defaults().withPauses(Duration.ofMillis(1), Duration.ofMillis(10));
        List<String> data = new ArrayList<>();
        HttpHandler client = network.with(Decompression.defaults());
        try (EventSource events = EventSource.open(
                client, Request.get("/events"), EventSourceConfig.defaults().withReconnect(soon))) {
            Deadline.within(Duration.ofSeconds(30), () -> {
                events.forEach(event -> data.add(event.data()));
                return data;
            });
        }
        assertThat(data).containsExactly("event 1", "event 2", "event 3", "event 4");
    }
}
