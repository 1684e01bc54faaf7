package io.hawser.internal.http.cookies;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.http.Cookies;
import io.hawser.http.Headers;
import io.hawser.http.Request;
import io.hawser.http.StoredCookie;
import io.hawser.testing.Fuzzing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Whatever a server sets: a cookie is kept only for hosts that it may be kept for, no longer than 400 days,
/// and can be sent back in one field; what a client sends is pairs.
public final class CookieFuzzTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final List<Request> REQUESTS = List.of(
            Request.get("https://www.example.com/a/b"),
            Request.get("http://example.com/"),
            Request.get("http://127.0.0.1/x"));

    public static void fuzzerTestOneInput(byte[] input) {
        String text = Fuzzing.text(input);
        for (Request request : REQUESTS) {
            CookieRules.STANDARD.judge(request, text, NOW).ifPresent(cookie -> check(request, cookie));
        }
        Headers carried;
        try {
            carried = Headers.of("Cookie", text);
        } catch (IllegalArgumentException notAValue) {
            return;
        }
        assertThat(Cookies.of(Request.get("/").withHeaders(carried)).size()).isLessThanOrEqualTo(input.length);
    }

    private static void check(Request request, StoredCookie cookie) {
        String host = request.authority();
        assertThat(host.equals(cookie.domain()) || (!cookie.hostOnly() && host.endsWith("." + cookie.domain())))
                .as(cookie.domain())
                .isTrue();
        assertThat(cookie.path()).startsWith("/");
        cookie.expires().ifPresent(end -> assertThat(end).isBeforeOrEqualTo(NOW.plus(Duration.ofDays(400))));
        if (cookie.secure()) assertThat(request.scheme()).isEqualTo("https");
        String sent = cookie.name() + "=" + cookie.value();
        assertThat(sent).doesNotContain(";", "\r", "\n", "\0");
        assertThat(Headers.of("Cookie", sent).size()).isEqualTo(1);
    }

    static List<byte[]> seeds() {
        return Fuzzing.seeds(
                "a=b; Path=/x; Domain=example.com; Max-Age=60; Secure; HttpOnly; SameSite=Lax",
                "__Host-a=b; Path=/; Secure",
                "a=b; Expires=Sun, 06 Nov 2094 08:49:37 GMT; domain=.com",
                "=v; samesite=None",
                "a=\"q\"; b=c;; d",
                "a=b; domain=127.0.0.1; max-age=-1; path=x");
    }

    @Test
    void anyCookieIsSoundOrIgnored() {
        Fuzzing.check(seeds(), CookieFuzzTest::fuzzerTestOneInput);
    }
}
