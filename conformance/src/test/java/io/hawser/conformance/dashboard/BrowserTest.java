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
            browser.click("Open");
            assertThat(browser.page().title()).isEqualTo("open");
            assertThat(browser.unnamed()).singleElement().asString().contains("✕");
            browser.page().evaluate("console.error('a complaint')");
            assertThat(browser.complaints()).singleElement().asString().contains("a complaint");
        }
    }

    @Test
    void noProcessOfItIsLeft() {
        Set<Long> before = children();
        try (Browser browser = Browser.start()) {
            browser.open("about:blank");
            assertThat(children()).hasSizeGreaterThan(before.size());
        }
        eventually().until(() -> before.containsAll(children()));
    }

    private static Set<Long> children() {
        return ProcessHandle.current().descendants().map(ProcessHandle::pid).collect(Collectors.toSet());
    }
}
