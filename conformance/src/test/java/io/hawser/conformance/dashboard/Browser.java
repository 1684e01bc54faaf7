package io.hawser.conformance.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// The system's Chromium with one page, driven by Playwright: keys and clicks come to the page as from a
/// person, so nothing can be pressed that is covered, off or not there yet.
///
/// Thread: the one that started it, so whoever waits for it polls in that thread, as [#eventually()] does.
public final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final Path SHOTS = Path.of("target", "screenshots");
    private static final Set<String> COMPLAINTS = Set.of("error", "warning", "assert");
    private static final Pattern UNNAMED =
            Pattern.compile("^\\s*- '?(button|link|textbox|searchbox|img|region|navigation|log|group)\\b"
                    + "(?! \"[^\"]*[\\p{L}\\p{N}])");
    private static final ObjectMapper JSON = new ObjectMapper();

    static {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE.toMillis());
    }

    private final Playwright playwright;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();

    private Browser(Playwright playwright, Path program) {
        this.playwright = playwright;
        this.page = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions().setExecutablePath(program))
                .newPage();
        page.setDefaultTimeout(PATIENCE.toMillis());
        page.onConsoleMessage(said -> {
            if (COMPLAINTS.contains(said.type())) complaints.add(said.text() + " at " + said.location());
        });
        page.onPageError(complaints::add);
    }

    /// Starts one; skips the test where there is none, unless `CI=true`.
    public static Browser start() {
        Optional<Path> program = program();
        if (!"true".equals(System.getenv("CI"))) assumeTrue(program.isPresent(), "skipped: there is no chromium");
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        try {
            return new Browser(playwright, program.orElse(Path.of("chromium")));
        } catch (RuntimeException e) {
            playwright.close();
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

    /// Waits for what the page has to come to.
    static ConditionFactory eventually() {
        return Awaitility.await().pollInSameThread().atMost(PATIENCE);
    }

    Page page() {
        return page;
    }

    public void open(String url) {
        page.navigate(url);
    }

    /// Opens the page of a hub, and waits until its figures come.
    void openLive(String url) {
        open(url);
        expect("[data-testid=state]").hasText("live");
    }

    /// Goes to a view by its link.
    void show(String view) {
        page.locator("nav[aria-label=Views] a[href='#/" + view + "']").click();
        String title = view.substring(0, 1).toUpperCase(Locale.ROOT) + view.substring(1) + " · Hawser";
        PlaywrightAssertions.assertThat(page).hasTitle(title);
    }

    /// Errors of the console and exceptions that nobody caught, so far.
    public List<String> complaints() {
        // They are told of while the page is asked something.
        page.evaluate("0");
        return complaints;
    }

    /// The value of an expression in the page, as JSON.
    public JsonNode evaluate(String expression) {
        return JSON.valueToTree(page.evaluate(expression));
    }

    /// What has to hold, now or a while later.
    LocatorAssertions expect(String selector) {
        return PlaywrightAssertions.assertThat(page.locator(selector));
    }

    /// What the elements show now; empty if there is none.
    String text(String selector) {
        return String.join("\n", page.locator(selector).allInnerTexts());
    }

    /// Clicks on the button or link of that name, as soon as a person could.
    void click(String name) {
        Locator buttons = page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
        Locator links = page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
        buttons.or(links).first().click();
    }

    /// Types into the field with that label, by key after key, instead of what is in it.
    void type(String label, String text) {
        Locator field = page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
        field.clear();
        field.pressSequentially(text);
    }

    /// Presses keys, one after another, whatever has the focus.
    void press(String... keys) {
        for (String key : keys) page.keyboard().press(key);
    }

    /// What axe-core finds wrong with the page as it is, for those who do not see it or use no pointer.
    List<String> violations() throws IOException {
        if (!evaluate("typeof axe === 'object'").asBoolean()) {
            try (InputStream script = Browser.class.getResourceAsStream("/axe.min.js")) {
                page.evaluate(
                        new String(Objects.requireNonNull(script, "axe-core").readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        JsonNode found = evaluate("""
                axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.flatMap(
                  (each) => each.nodes.map((node) => `${each.id}: ${node.html} ${node.failureSummary}`)))""");
        return found.valueStream().map(JsonNode::asString).toList();
    }

    /// Controls, pictures and parts of the page that a screen reader has no words for.
    List<String> unnamed() {
        return page.locator("body")
                .ariaSnapshot()
                .lines()
                .filter(line -> UNNAMED.matcher(line).find())
                .toList();
    }

    /// As on a screen of that width, in a light or dark theme.
    void screen(int width, int height, String theme) {
        page.setViewportSize(width, height);
        page.emulateMedia(new Page.EmulateMediaOptions()
                .setColorScheme(theme.equals("dark") ? ColorScheme.DARK : ColorScheme.LIGHT));
    }

    /// Shows the page on a wide and on a narrow screen, light and dark: keeps a picture of each, and sees
    /// that nothing is wrong with it for whoever does not see it, and that it fits.
    void everyScreen(String name) throws IOException {
        for (int width : new int[] {1440, 390}) {
            for (String theme : List.of("light", "dark")) {
                String here = name + "-" + width + "-" + theme;
                screen(width, 900, theme);
                eventually()
                        .until(() -> evaluate("document.documentElement.dataset.theme ?? '" + theme + "'")
                                .asString()
                                .equals(theme));
                screenshot(SHOTS.resolve(here + ".png"));
                assertThat(violations()).as(here).isEmpty();
                assertThat(unnamed()).as(here).isEmpty();
                assertThat(evaluate("document.documentElement.scrollWidth").asInt())
                        .as(here)
                        .isLessThanOrEqualTo(width);
            }
        }
    }

    void screenshot(Path file) {
        page.screenshot(new Page.ScreenshotOptions().setPath(file));
    }

    @Override
    public void close() {
        try (playwright) {
            page.context().browser().close();
        }
    }
}
