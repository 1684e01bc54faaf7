package io.hawser.conformance.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hawser.hub.processes.Processes;
import io.hawser.session.Message;
import io.hawser.websocket.WebSocket;
import io.hawser.websocket.WebSocketClientConfig;
import io.hawser.websocket.WebSocketConfig;
import io.hawser.websocket.WebSockets;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Chromium with one page, driven over its DevTools protocol by Hawser's own WebSocket client.
///
/// Source: chromedevtools.github.io/devtools-protocol
public final class Browser implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("ws://127\\.0\\.0\\.1:(\\d+)/");
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final Path PROFILES = Path.of("target", "chromium");
    private static final Path SHOTS = Path.of("target", "screenshots");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LARGEST = 64 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final Path profile;
    private final WebSocket socket;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    private Browser(Process process, Path profile, String page) {
        this.process = process;
        this.profile = profile;
        WebSocketConfig large =
                WebSocketConfig.defaults().withMaxMessageBytes(LARGEST).withMaxFrameBytes(LARGEST);
        this.socket = WebSockets.connect(
                WebSocketClientConfig.to(page).withWebSocket(large), (session, message) -> received(message));
    }

    /// Starts one; skips the test where there is none, unless `CI=true`.
    public static Browser start() throws IOException {
        Optional<Path> program = program();
        if (!"true".equals(System.getenv("CI"))) assumeTrue(program.isPresent(), "skipped: there is no chromium");
        Path profile = Files.createTempDirectory(Files.createDirectories(PROFILES), "profile");
        Process process = new ProcessBuilder(
                        program.map(Path::toString).orElse("chromium"),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-background-networking",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile.toAbsolutePath(),
                        "about:blank")
                .start();
        try {
            Browser browser = new Browser(process, profile, page(port(process)));
            for (String domain : List.of("Runtime", "Log", "Page")) browser.call(domain + ".enable", Map.of());
            return browser;
        } catch (IOException | RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static Optional<Path> program() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return NAMES.stream()
                .flatMap(name -> Arrays.stream(path.split(":", -1)).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static String port(Process process) throws IOException {
        BufferedReader err = process.errorReader(StandardCharsets.UTF_8);
        for (String line = err.readLine(); line != null; line = err.readLine()) {
            Matcher listening = LISTENING.matcher(line);
            if (!listening.find()) continue;
            // What it says later must not fill the pipe.
            Thread.ofVirtual().start(() -> err.lines().forEach(more -> {}));
            return listening.group(1);
        }
        throw new IOException("chromium has ended before it listened");
    }

    private static String page(String port) throws IOException {
        URI list = URI.create("http://127.0.0.1:" + port + "/json/list");
        try (var in = list.toURL().openStream()) {
            for (JsonNode target : JSON.readTree(in)) {
                if (target.get("type").asString().equals("page")) {
                    return target.get("webSocketDebuggerUrl").asString();
                }
            }
        }
        throw new IOException("chromium has no page");
    }

    private void received(Message message) {
        JsonNode node = JSON.readTree(message.text());
        if (node.has("id")) {
            CompletableFuture<JsonNode> answer = waiting.remove(node.get("id").asInt());
            if (answer != null) answer.complete(node);
            return;
        }
        String method = node.path("method").asString();
        boolean isComplaint = method.equals("Runtime.exceptionThrown")
                || (method.equals("Log.entryAdded")
                        && node.at("/params/entry/level").asString().equals("error"))
                || (method.equals("Runtime.consoleAPICalled")
                        && List.of("error", "warning", "assert")
                                .contains(node.at("/params/type").asString()));
        if (isComplaint) complaints.add(node.get("params").toString());
    }

    /// Errors of the console and exceptions that nobody caught, so far.
    public List<String> complaints() {
        return complaints;
    }

    private JsonNode call(String method, Map<String, ?> params) {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        var _ = socket.send(JSON.writeValueAsString(Map.of("id", id, "method", method, "params", params)));
        JsonNode node = answer.orTimeout(60, TimeUnit.SECONDS).join();
        if (node.has("error")) throw new AssertionError(method + ": " + node.get("error"));
        return node.get("result");
    }

    public void open(String url) {
        call("Page.navigate", Map.of("url", url));
    }

    /// The value of an expression in the page, as JSON.
    public JsonNode evaluate(String expression) {
        JsonNode result = call(
                "Runtime.evaluate",
                Map.of("expression", expression, "returnByValue", true, "awaitPromise", true, "userGesture", true));
        if (result.has("exceptionDetails")) throw new AssertionError(expression + ": " + result);
        return result.get("result").path("value");
    }

    /// What axe-core finds wrong with the page as it is, for those who do not see it or use no pointer.
    List<String> violations() throws IOException {
        if (!evaluate("typeof axe === 'object'").asBoolean()) {
            try (InputStream script = Browser.class.getResourceAsStream("/axe.min.js")) {
                evaluate(new String(Objects.requireNonNull(script, "axe-core").readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        JsonNode found = evaluate("""
                axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.flatMap(
                  (each) => each.nodes.map((node) => `${each.id}: ${node.html} ${node.failureSummary}`)))""");
        List<String> violations = new ArrayList<>();
        for (JsonNode each : found) violations.add(each.asString());
        return violations;
    }

    /// What the element shows; empty if there is none.
    String text(String selector) {
        return evaluate("(document.querySelector(" + quoted(selector) + ")?.innerText ?? '')")
                .asString();
    }

    /// Clicks on the first button, link or heading whose text that is.
    void click(String text) {
        boolean isThere = evaluate("""
                (() => {
                  const all = [...document.querySelectorAll('button, a')];
                  const found = all.find((each) => each.innerText.trim() === %s && !each.disabled);
                  found?.click();
                  return Boolean(found);
                })()""".formatted(quoted(text))).asBoolean();
        if (!isThere) throw new AssertionError("nothing to click on says " + text);
    }

    /// Types into the field with that label.
    void type(String label, String text) {
        boolean isThere = evaluate("""
                (() => {
                  const found = [...document.querySelectorAll('label')].find((each) => each.innerText.trim().startsWith(%s));
                  const input = found?.querySelector('input');
                  if (!input) return false;
                  input.value = %s;
                  input.dispatchEvent(new Event('input', { bubbles: true }));
                  return true;
                })()""".formatted(quoted(label), quoted(text))).asBoolean();
        if (!isThere) throw new AssertionError("no field is called " + label);
    }

    private static String quoted(String text) {
        return JSON.writeValueAsString(text);
    }

    /// As on a screen of that width, in a light or dark theme.
    void screen(int width, int height, String theme) {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
        call(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", theme))));
    }

    /// Shows the page on a wide and on a narrow screen, light and dark: keeps a picture of each, and sees
    /// that axe-core finds nothing wrong with it and that it fits.
    void everyScreen(String name) throws IOException {
        for (int width : new int[] {1440, 390}) {
            for (String theme : List.of("light", "dark")) {
                String here = name + "-" + width + "-" + theme;
                screen(width, 900, theme);
                await().atMost(PATIENCE)
                        .until(() -> evaluate("document.documentElement.dataset.theme")
                                .asString()
                                .equals(theme));
                screenshot(SHOTS.resolve(here + ".png"));
                assertThat(violations()).as(here).isEmpty();
                assertThat(evaluate("document.documentElement.scrollWidth").asInt())
                        .as(here)
                        .isLessThanOrEqualTo(width);
            }
        }
    }

    void screenshot(Path file) throws IOException {
        JsonNode shot = call("Page.captureScreenshot", Map.of("format", "png"));
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(shot.get("data").asString()));
    }

    @Override
    public void close() {
        socket.close();
        process.destroy();
        try {
            if (!process.waitFor(Duration.ofSeconds(30))) process.destroyForcibly();
            // Its helpers write there for a moment after it has ended.
            await().ignoreExceptions().until(() -> {
                Processes.delete(profile);
                return true;
            });
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
