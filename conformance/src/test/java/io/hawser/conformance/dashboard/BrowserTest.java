package io.hawser.conformance.dashboard;

import static io.hawser.conformance.dashboard.Browser.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.microsoft.playwright.TimeoutError;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// That what the tests of the page rely on finds what is wrong with one, and leaves nothing behind.
@Timeout(300)
final class BrowserTest {
    @Test
    void aButtonThatIsCoveredCannotBePressedAndOneWithoutANameIsFound() {
        try (Browser browser = Browser.start()) {
            browser.page().setContent("""
                    <button onclick="document.title = 'open'">Open</button>
                    <button style="position: fixed; top: 200px">✕</button>
                    <button onclick="document.title = 'covered'" style="position: fixed; top: 100px">Covered</button>
                    <div style="position: fixed; top: 90px; width: 100%; height: 60px; background: white">Above</div>""");
            browser.page().setDefaultTimeout(1000);
            assertThatExceptionOfType(TimeoutError.class).isThrownBy(() -> browser.click("Covered"));
            browser.page().setDefaultTimeout(60_000);
            browser.click("Open");
            assertThat(browser.page().title()).isEqualTo("open");
            assertThat(browser.unnamed()).singleElement().asString().contains("✕");
            browser.page().evaluate("console.error('a complaint')");
            assertThat(browser.complaints()).singleElement().asString().contains("a complaint");
        }
    }

    @Test
    void noProcessOfItIsLeft() {
        Set<ProcessHandle> before = descendants();
        Set<ProcessHandle> its;
        try (Browser browser = Browser.start()) {
            browser.open("about:blank");
            its = descendants();
            its.removeAll(before);
            assertThat(its).isNotEmpty();
        }
        // One whose parent has gone is nobody's descendant any more. One that has ended has no command.
        eventually()
                .until(() -> its.stream()
                        .noneMatch(one -> one.isAlive() && one.info().command().isPresent()));
    }

    private static Set<ProcessHandle> descendants() {
        return ProcessHandle.current().descendants().collect(Collectors.toSet());
    }
}
