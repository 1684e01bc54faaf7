package io.hawser.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import io.hawser.LimitExceeded;
import io.hawser.ProtocolError;
import io.hawser.testing.FakeTime;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever a server answers, the filters of a client give an answer or an error of ours, in bounded time and memory.
final class HostileServerTest {
    private static final int ROUNDS = 3_000;
    private static final List<String> FIELDS = List.of(
            "Location",
            "Set-Cookie",
            "WWW-Authenticate",
            "Authentication-Info",
            "Cache-Control",
            "Vary",
            "Age",
            "Expires",
            "Date",
            "Last-Modified",
            "ETag",
            "Retry-After",
            "RateLimit",
            "X-RateLimit-Reset",
            "X-RateLimit-Remaining",
            "Surrogate-Key",
            "Cache-Tag",
            "Content-Location",
            "Content-Length",
            "Content-Encoding",
            "Link");
    private static final List<String> PIECES = List.of(
            "=",
            ",",
            ";",
            "\"",
            "\\",
            " ",
            "<",
            ">",
            "/",
            "//",
            "..",
            "?",
            "#",
            ":",
            "@",
            "%",
            "[",
            "]",
            "0",
            "1",
            "-1",
            "99999999999999999999",
            "max-age",
            "no-cache",
            "Digest",
            "nonce",
            "qop",
            "auth",
            "stale",
            "true",
            "gzip",
            "br",
            "Path",
            "Domain",
            "Max-Age",
            "Expires",
            "h.example",
            "co.uk",
            "http",
            "rel",
            "next",
            "*",
            "W/",
            "r",
            "t",
            "Thu, 01 Jan 1970 00:00:00 GMT",
            "\u00ff",
            "\t",
            "__Host-a",
            "private",
            "s-maxage",
            "stale-if-error");

    private final Random random = new Random(7);

    private String value() {
        StringBuilder value = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) value.append(PIECES.get(random.nextInt(PIECES.size())));
        return value.toString();
    }

    private Response answer() {
        int status = List.of(200, 200, 206, 301, 302, 303, 304, 307, 401, 404, 429, 500, 503)
                .get(random.nextInt(13));
        Response response = Response.of(status);
        if (random.nextBoolean()) {
            byte[] content = new byte[random.nextInt(64)];
            random.nextBytes(content);
            response = response.withBody(Body.of(Bytes.wrap(content)));
        }
        for (int i = random.nextInt(6); i > 0; i--) {
            response = response.addingHeader(FIELDS.get(random.nextInt(FIELDS.size())), value());
        }
        return response;
    }

    @Test
    void anyAnswerIsAnAnswerOrAnErrorOfOurs() throws Exception {
        FakeTime time = new FakeTime();
        HttpCacheConfig shared = HttpCacheConfig.defaults().withShared(true);
        try (HttpCache mine = HttpCache.of(HttpCacheConfig.defaults(), CacheStore.inMemory(), time);
                HttpCache edge = HttpCache.of(shared, CacheStore.inMemory(), time);
                CookieJar jar = CookieJar.inMemory(time)) {
            HttpHandler client = ((HttpHandler) request -> answer())
                    .with(
                            Redirects.defaults().withMax(3),
                            jar,
                            mine,
                            edge,
                            DigestAuthorization.of("user", "password"),
                            Decompression.defaults());
            int answers = 0;
            for (int i = 0; i < ROUNDS; i++) {
                time.pass(Duration.ofSeconds(random.nextInt(30)));
                Request request = Request.get("http://h.example/" + random.nextInt(5));
                try (Body body = client.handle(request).body()) {
                    body.bytes();
                    answers++;
                } catch (ProtocolError | LimitExceeded ours) {
                    assertThat(ours).hasMessageNotContaining("password");
                }
            }
            assertThat(answers).isGreaterThan(ROUNDS / 4);
            assertThat(jar.cookies()).hasSizeLessThanOrEqualTo(3_000);
        }
    }
}
