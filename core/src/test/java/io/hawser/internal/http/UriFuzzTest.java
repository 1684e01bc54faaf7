package io.hawser.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.ProtocolError;
import io.hawser.http.Request;
import io.hawser.internal.http.route.PathSegments;
import io.hawser.testing.Fuzzing;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Whatever a `Location` or a request target says: what comes out is a URL of HTTP without dot segments, for
/// the same host however often it is resolved, and its segments lead nowhere up.
public final class UriFuzzTest {
    private static final Request BASE = Request.get("https://a.example:8443/x/y?z");

    public static void fuzzerTestOneInput(byte[] input) {
        String text = Fuzzing.text(input);
        segments("/" + text);
        String url;
        try {
            url = References.resolve(BASE, text);
        } catch (ProtocolError unusable) {
            return;
        }
        assertThat(url).matches("(?s)https?://.*");
        assertThat(Targets.check(url)).isEqualTo(url);
        assertThat(Targets.authority(url, "")).isNotEmpty().doesNotContain("@", "/", "?", "#", "\\");
        assertThat(References.resolve(BASE, url)).isEqualTo(url);
        if (!url.endsWith("?"))
            assertThat(References.resolve(Request.get(url), "")).isEqualTo(url);
        String path = Targets.path(url);
        assertThat(path).startsWith("/");
        assertThat(path + "/").doesNotContain("/../", "/./");
        segments(path);
    }

    private static void segments(String path) {
        try {
            for (String segment : PathSegments.of(path))
                assertThat(segment).isNotIn(".", "..").doesNotContain("\0");
        } catch (ProtocolError refused) {
            assertThat(refused.code()).isEqualTo(400);
        }
    }

    static List<byte[]> seeds() {
        return Fuzzing.seeds(
                "https://b.example/c/../d?e#f",
                "//user:pass@c.example:1/..//./",
                "../../up?q=/../",
                "?only=query",
                "HTTP://[::1]:80",
                "/a b/%2e%2e/%00\u00e9<>\\",
                "javascript:alert(1)",
                "http:///path");
    }

    @Test
    void anyReferenceIsAUrlOrRefused() {
        Fuzzing.check(seeds(), UriFuzzTest::fuzzerTestOneInput);
    }
}
