package io.hawser.hub.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.http.HttpHandler;
import io.hawser.http.Method;
import io.hawser.http.Request;
import io.hawser.http.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class DashboardPageTest {
    private static final Pattern ASSET = Pattern.compile("\"(/assets/[^\"]+)\"");
    private static final Pattern IMPORT = Pattern.compile("(?:from|import) ?['\"](\\./[^'\"]+)['\"]");

    private final HttpHandler page = DashboardPage.create();

    private Response get(String target, String... fields) throws Exception {
        Request request = Request.of(Method.GET, target);
        for (int i = 0; i < fields.length; i += 2) request = request.withHeader(fields[i], fields[i + 1]);
        return page.handle(request);
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1)).toList();
    }

    @Test
    void everythingThatThePageAsksForIsThere() throws Exception {
        Deque<String> open = new ArrayDeque<>(found(ASSET, get("/").body().text()));
        Set<String> seen = new HashSet<>();
        while (!open.isEmpty()) {
            String asset = open.pop();
            if (!seen.add(asset)) continue;
            Response response = get(asset);
            assertThat(response.status()).as(asset).isEqualTo(200);
            if (!asset.endsWith(".js")) continue;
            assertThat(response.header("Content-Type")).contains("text/javascript; charset=utf-8");
            for (String name : found(IMPORT, response.body().text())) open.push("/assets/" + name.substring(2));
        }
        assertThat(seen).contains("/assets/app.js", "/assets/preact.js", "/assets/chunks/helpers.dataset.js");
        assertThat(get("/assets/../index.html").status()).isEqualTo(400);
        assertThat(get("/assets/none.js").status()).isEqualTo(404);
    }

    @Test
    void aBrowserRunsOnlyWhatComesFromHere() throws Exception {
        Response response = get("/");
        String policy = response.header("Content-Security-Policy").orElseThrow();
        assertThat(policy)
                .startsWith("default-src 'none'")
                .doesNotContain("unsafe")
                .doesNotContain("http");
        Matcher map = Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL)
                .matcher(response.body().text());
        assertThat(map.find()).isTrue();
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(map.group(1).getBytes(StandardCharsets.UTF_8));
        assertThat(policy).contains("'sha256-" + Base64.getEncoder().encodeToString(hash) + "'");
    }

    @Test
    void whatABrowserHasIsNotSentAgain() throws Exception {
        String tag = get("/assets/app.js").header("ETag").orElseThrow();
        assertThat(get("/assets/app.js", "If-None-Match", tag).status()).isEqualTo(304);
        assertThat(get("/assets/app.js", "If-None-Match", "\"other\"").status()).isEqualTo(200);
    }
}
