package io.hawser.hub.dashboard;

import io.hawser.Bytes;
import io.hawser.http.Body;
import io.hawser.http.HttpHandler;
import io.hawser.http.Request;
import io.hawser.http.Response;
import io.hawser.http.Router;
import io.hawser.http.SecurityHeaders;
import io.hawser.http.Status;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The page and its parts: its own modules and those of WebJars, from the class path and nowhere else.
///
/// A browser runs what comes from here and nothing else: scripts and styles are files of this origin, and
/// the one script in the page, the import map, is known by its hash.
///
/// Thread: safe from any. Reads each part once.
public final class DashboardPage {
    private static final String WEBJARS = "META-INF/resources/webjars/";
    private static final String OWN = "dashboard/";
    private static final Pattern IMPORT_MAP =
            Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);

    /// Names below `/assets/`, and where they are on the class path.
    private static final Map<String, String> LIBRARIES = Map.of(
            "preact.js", WEBJARS + "preact/10.28.0/dist/preact.module.js",
            "preact-hooks.js", WEBJARS + "preact/10.28.0/hooks/dist/hooks.module.js",
            "chart.js", WEBJARS + "chart.js/4.5.1/dist/chart.js",
            "chunks/helpers.dataset.js", WEBJARS + "chart.js/4.5.1/dist/chunks/helpers.dataset.js",
            "color.js", WEBJARS + "kurkle__color/0.3.4/dist/color.esm.js");

    private static final List<String> MODULES = List.of(
            "app.js",
            "hub.js",
            "figures.js",
            "chart-panel.js",
            "overview.js",
            "sessions.js",
            "topics.js",
            "playground.js",
            "upstreams.js",
            "alerts.js",
            "parts.js",
            "list.js",
            "style.css",
            "icon.svg");

    private record Asset(Bytes content, String type, String tag) {}

    private final ConcurrentHashMap<String, Asset> assets = new ConcurrentHashMap<>();

    private DashboardPage() {}

    /// Made when somebody looks at it, so that no start waits for it.
    private static final class Made {
        static final HttpHandler PAGE = new DashboardPage().handler();
    }

    /// Answers `/` and `/assets/...`.
    public static HttpHandler create() {
        return request -> Made.PAGE.handle(request);
    }

    private HttpHandler handler() {
        Router.Builder router = Router.builder().get("/", request -> answer(request, OWN + "index.html"));
        for (String module : MODULES) router.get("/assets/" + module, request -> answer(request, OWN + module));
        LIBRARIES.forEach((name, resource) -> router.get("/assets/" + name, request -> answer(request, resource)));
        return router.build().with(SecurityHeaders.defaults().withContentSecurityPolicy(policy()));
    }

    private String policy() {
        String html = asset(OWN + "index.html").content().toUtf8();
        Matcher map = IMPORT_MAP.matcher(html);
        if (!map.find()) throw new IllegalStateException("the page has no import map");
        String hash = Base64.getEncoder().encodeToString(sha256(map.group(1).getBytes(StandardCharsets.UTF_8)));
        return "default-src 'none'; script-src 'self' 'sha256-" + hash + "'; style-src 'self'; img-src 'self' data:;"
                + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    private Response answer(Request request, String resource) {
        Asset asset = asset(resource);
        boolean isKnown = request.headers().value("If-None-Match", "").equals(asset.tag());
        Response response =
                isKnown ? Response.of(Status.NOT_MODIFIED) : Response.ok(Body.of(asset.content(), asset.type()));
        return response.withHeader("ETag", asset.tag()).withHeader("Cache-Control", "no-cache");
    }

    private Asset asset(String resource) {
        return assets.computeIfAbsent(resource, DashboardPage::load);
    }

    private static Asset load(String resource) {
        try (InputStream in = DashboardPage.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) throw new IllegalStateException(resource + " is not on the class path");
            byte[] content = in.readAllBytes();
            String tag = '"' + HexFormat.of().formatHex(sha256(content), 0, 8) + '"';
            return new Asset(Bytes.wrap(content), type(resource), tag);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String type(String resource) {
        return switch (resource.substring(resource.lastIndexOf('.'))) {
            case ".html" -> "text/html; charset=utf-8";
            case ".css" -> "text/css; charset=utf-8";
            case ".svg" -> "image/svg+xml";
            default -> "text/javascript; charset=utf-8";
        };
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
