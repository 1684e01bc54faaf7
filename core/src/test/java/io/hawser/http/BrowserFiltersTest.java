package io.hawser.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BrowserFiltersTest {
    private final HttpHandler ok = _ -> Response.text("ok");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "localhost|-|-|200",
                "LOCALHOST:9000|-|-|200",
                "127.0.0.1:9000|-|-|200",
                "[::1]:9000|-|-|200",
                "[::1]|-|-|200",
                "hawser.test|-|-|200",
                "''|-|-|421",
                "evil.example|-|-|421",
                "localhost.evil.example|-|-|421",
                "127.0.0.2:9000|-|-|421",
                "0.0.0.0:9000|-|-|421",
                "localhost:9000|http://localhost:9000|-|200",
                "localhost:9000|http://LOCALHOST:9000|-|200",
                "localhost|http://localhost|-|200",
                "localhost:80|http://localhost|-|200",
                "localhost:9000|http://localhost:9001|-|403",
                "localhost:9000|https://localhost:9000|-|403",
                "localhost:9000|http://127.0.0.1:9000|-|403",
                "localhost:9000|http://evil.example|-|403",
                "localhost:9000|null|-|403",
                "localhost:9000|''|-|403",
                "localhost:9000|https://app.example|-|200",
                "localhost:9000|https://app.example|cross-site|200",
                "localhost:9000|-|none|200",
                "localhost:9000|-|same-origin|200",
                "localhost:9000|-|same-site|403",
                "localhost:9000|-|cross-site|403",
                "localhost:9000|-|anything|403",
                "localhost:9000|http://localhost:9000|cross-site|403",
            })
    void aBrowserActsForItsOwnPagesOnly(String host, String origin, String site, int status) throws Exception {
        HttpHandler guarded =
                ok.with(CrossSiteGuard.loopback().withHost("Hawser.TEST").withOrigin("https://app.example"));
        Request request = Request.get("/").withHeader("Host", host);
        if (!origin.equals("-")) request = request.withHeader("Origin", origin);
        if (!site.equals("-")) request = request.withHeader("Sec-Fetch-Site", site);
        assertThat(guarded.handle(request).status()).isEqualTo(status);
    }

    @Test
    void twoOriginsAreNone() throws Exception {
        Request request = Request.get("/")
                .withHeaders(Headers.of("Host", "localhost", "Origin", "http://localhost", "Origin", "http://evil"));
        assertThat(ok.with(CrossSiteGuard.loopback()).handle(request).status()).isEqualTo(403);
    }

    @Test
    void corsTellsWhoMayCall() throws Exception {
        HttpHandler shared = ok.with(Cors.of("https://a.example", "https://b.example")
                .withExposed("X-B", "X-A")
                .withCredentials(true));
        Response allowed = shared.handle(Request.get("/").withHeader("Origin", "https://b.example"));
        assertThat(allowed.header("Access-Control-Allow-Origin")).contains("https://b.example");
        assertThat(allowed.header("Access-Control-Allow-Credentials")).contains("true");
        assertThat(allowed.header("Access-Control-Expose-Headers")).contains("X-A, X-B");
        assertThat(allowed.header("Vary")).contains("Origin");
        Response refused = shared.handle(Request.get("/").withHeader("Origin", "https://c.example"));
        assertThat(refused.status()).isEqualTo(200);
        assertThat(refused.headers().has("Access-Control-Allow-Origin")).isFalse();
        assertThat(refused.header("Vary")).contains("Origin");
        assertThat(shared.handle(Request.get("/")).header("Vary")).contains("Origin");
        assertThatIllegalArgumentException().isThrownBy(() -> Cors.of("*").withCredentials(true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://a.example|PUT|''|true",
                "https://a.example|PUT|X-One|true",
                "https://a.example|POST|X-One|true",
                "https://a.example|HEAD|''|true",
                "https://a.example|POST|X-Two|false",
                "https://a.example|PUT|x-one, CONTENT-TYPE|true",
                "https://a.example|PUT|X-Two|false",
                "https://a.example|DELETE|''|false",
                "https://a.example|put|''|false",
                "https://c.example|PUT|''|false",
                "null|PUT|''|false",
            })
    void aPreflightIsAnsweredHere(String origin, String method, String headers, boolean allowed) throws Exception {
        HttpHandler never = _ -> {
            throw new AssertionError("a preflight reaches no handler");
        };
        HttpHandler shared = never.with(Cors.of("https://a.example")
                .withMethods(Method.GET, Method.PUT)
                .withHeaders("X-One", "Content-Type")
                .withMaxAge(Duration.ofSeconds(5)));
        Response response = shared.handle(Request.of(Method.OPTIONS, "/")
                .withHeaders(Headers.of(
                        "Origin",
                        origin,
                        "Access-Control-Request-Method",
                        method,
                        "Access-Control-Request-Headers",
                        headers)));
        assertThat(response.status()).isEqualTo(204);
        assertThat(response.headers().has("Access-Control-Allow-Origin")).isEqualTo(allowed);
        assertThat(response.headers().value("Access-Control-Allow-Methods", "")).isEqualTo(allowed ? "GET, PUT" : "");
        assertThat(response.headers().value("Access-Control-Max-Age", "")).isEqualTo(allowed ? "5" : "");
    }

    @Test
    void corsForAllNeedsNoVary() throws Exception {
        Response response = ok.with(Cors.of("*")).handle(Request.get("/").withHeader("Origin", "https://x"));
        assertThat(response.header("Access-Control-Allow-Origin")).contains("*");
        assertThat(response.headers().has("Vary")).isFalse();
        HttpHandler options = ok.with(Cors.of("*"));
        assertThat(options.handle(Request.of(Method.OPTIONS, "/")).status()).isEqualTo(200);
    }

    @Test
    void securityHeadersLeaveTheHandlersOwn() throws Exception {
        HttpHandler own = _ -> Response.ok().withHeader("content-security-policy", "default-src *");
        Response response = own.with(SecurityHeaders.defaults()).handle(Request.get("/"));
        assertThat(response.headers().all("Content-Security-Policy")).containsExactly("default-src *");
        assertThat(response.header("X-Content-Type-Options")).contains("nosniff");
        assertThat(response.header("X-Frame-Options")).contains("DENY");
        assertThat(response.headers().has("Strict-Transport-Security")).isFalse();
        Response bare = ok.with(SecurityHeaders.defaults().withFrameOptions("")).handle(Request.get("/"));
        assertThat(bare.headers().has("X-Frame-Options")).isFalse();
    }

    @Test
    void strictTransportIsSaidOverTlsOnly() throws Exception {
        HttpHandler strict = ok.with(SecurityHeaders.defaults().withStrictTransport(Duration.ofDays(1)));
        assertThat(strict.handle(Request.get("/")).headers().has("Strict-Transport-Security"))
                .isFalse();
        Request secure = Request.get("/").withPeer(Peer.none().withScheme("https"));
        assertThat(strict.handle(secure).header("Strict-Transport-Security"))
                .contains("max-age=86400; includeSubDomains");
        HttpHandler brief = ok.with(SecurityHeaders.defaults().withStrictTransport(Duration.ofMillis(1)));
        assertThat(brief.handle(secure).header("Strict-Transport-Security")).contains("max-age=1; includeSubDomains");
    }
}
