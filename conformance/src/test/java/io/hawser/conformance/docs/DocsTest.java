package io.hawser.conformance.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Runs the documentation: every block of Java is compiled and run, every command is run, and what is said
/// to come out comes out.
///
/// A page shows Java as ` ```java `, a file of its reader's as ` ```java Name.java ` (or another language),
/// commands as ` ```sh `, those that go on meanwhile as ` ```sh background `, and what commands say as
/// ` ```text output `. With ` clone ` behind it, a block of commands is run in a fresh clone alone. What
/// blocks take for granted is in comments that begin `<!-- java` (members of their class) or `<!-- sh`.
@Timeout(900)
final class DocsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /// Commands that are shown and not run: those that start and test it all, comparisons, which want the machine
    /// for themselves, and what takes hours.
    private static final Pattern NOT_RUN = Pattern.compile("README\\.md: \\./hawser (serve|test)|docs/performance/.*"
            + "|docs/reliability\\.md: (\\./hawser (fuzz|test)|mvn -Pmutation).*");

    @TempDir
    private Path folder;

    private static List<Page> pages() throws IOException {
        List<Path> files = new ArrayList<>(List.of(ROOT.resolve("README.md")));
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            docs.filter(file -> file.toString().endsWith(".md")).sorted().forEach(files::add);
        }
        List<Page> pages = new ArrayList<>();
        for (Path file : files) pages.add(Page.read(ROOT, file));
        return pages;
    }

    static List<Page> pagesWithCommands() throws IOException {
        return pages().stream().filter(Page::hasShell).toList();
    }

    @Test
    void everyBlockOfJavaCompilesAndRuns() throws Exception {
        List<Page> pages =
                pages().stream().filter(page -> !page.snippets().isEmpty()).toList();
        Snippets.compile(pages, folder);
        String said = Snippets.run(pages, folder);
        int blocks = pages.stream().mapToInt(page -> page.snippets().size()).sum();
        assertThat(said.lines().filter(line -> line.endsWith(" ok"))).hasSize(blocks);
        assertThat(blocks).isGreaterThan(20);
    }

    @ParameterizedTest
    @MethodSource("pagesWithCommands")
    void everyCommandWorks(Page page) throws Exception {
        assumeFalse(
                System.getProperty("os.name").startsWith("Windows"), "skipped: the commands are those of a Unix shell");
        try (Shell shell = new Shell(page, folder)) {
            shell.run();
        }
    }

    @Test
    void everyCommandThatIsShownIsRunOrHasAReasonNotToBe() throws IOException {
        List<String> shown = new ArrayList<>();
        for (Page page : pages()) {
            for (String command : Block.commandsNotRun(Files.readString(ROOT.resolve(page.name())))) {
                shown.add(page.name() + ": " + command);
            }
        }
        assertThat(shown).hasSizeGreaterThan(5).allMatch(NOT_RUN.asMatchPredicate());
    }

    private static Page page(String text) {
        return new Page("page.md", Block.of(text), Map.of(Page.USUAL_PORT, "9"));
    }

    @Test
    void aBlockThatDoesNotCompileOrFailsIsFound() throws Exception {
        assertThatThrownBy(() -> Snippets.compile(List.of(page("```java\nString s = 1;\n```\n")), folder))
                .hasMessageContaining("incompatible types");
        List<Page> failing = List.of(page("<!-- java\nint none = 0;\n-->\n```java\nint n = 1 / none;\n```\n"));
        Snippets.compile(failing, folder);
        assertThatThrownBy(() -> Snippets.run(failing, folder)).hasMessageContaining("/ by zero");
    }

    @Test
    void aCommandThatIsOnlyShownIsFound() {
        assertThat(Block.commandsNotRun("""
                text about ./hawser

                    ./hawser serve --now   # at once

                ```sh
                ./hawser version
                ```
                ```console
                curl 127.0.0.1
                ```
                """)).containsExactly("./hawser serve --now", "curl 127.0.0.1");
    }

    @Test
    void aCommandThatFailsOrSaysSomethingElseIsFound() throws Exception {
        try (Shell shell = new Shell(page("```sh\nfalse\ntrue\n```\n"), Files.createDirectory(folder.resolve("a")))) {
            assertThatThrownBy(shell::run).hasMessageContaining("page.md, line 1");
        }
        String page = "```sh\necho one\n```\n```text output\n%s\n```\n";
        try (Shell shell = new Shell(page(page.formatted("t...o")), Files.createDirectory(folder.resolve("b")))) {
            assertThatThrownBy(shell::run).hasMessageContaining("'t...o' in what was said: one");
        }
        try (Shell shell = new Shell(page(page.formatted("o...e")), Files.createDirectory(folder.resolve("c")))) {
            shell.run();
        }
    }
}
