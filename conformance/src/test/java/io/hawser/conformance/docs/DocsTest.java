package io.hawser.conformance.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
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
@Timeout(1800)
final class DocsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /// Commands that are shown and not run.
    private static final Pattern NOT_RUN = Pattern.compile(String.join(
            "|",
            // Take minutes or hours, or want the machine for themselves.
            "[^:]+: \\./hawser (test|conformance|soak|fuzz|peers|chaos|bench)\\b.*",
            "docs/performance/.*",
            "(CONTRIBUTING|docs/reliability)\\.md: (mvn |java -cp benchmarks/).*",
            // The programs of the examples have tests of their own.
            "[^:]+: \\./hawser example [a-z].*",
            // As they stand on the first page; other pages run them.
            "[^:]+: \\./hawser serve( --workers 4)?",
            // The reader fills in what is in capitals.
            "[^:]+: \\./hawser .*\\b(VERB|URL)\\b.*",
            // There is no Docker where the tests run.
            "docs/operations/README\\.md: docker (build|run) .*"));

    /// Programs of others that pages call. Where one is missing, its pages are skipped; under `CI=true` they
    /// fail.
    private static final List<String> PROGRAMS = List.of("curl", "haproxy", "nats-server", "openssl", "python3");

    private static final Pattern VERB_AND_REST = Pattern.compile("\\./hawser ((?:bench|chaos) [a-z]+|[a-z]+)\\b(.*)");
    private static final Pattern OPTION = Pattern.compile("(?<= )--[a-z0-9-]+");

    @TempDir
    private Path folder;

    private static List<Page> pages() throws IOException {
        List<Path> files = new ArrayList<>(List.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")));
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
        for (String program : PROGRAMS) {
            boolean isMissing = page.calls(program) && !isThere(program);
            assumeFalse(isMissing && !"true".equals(System.getenv("CI")), "skipped: there is no " + program);
        }
        try (Shell shell = new Shell(page, folder)) {
            shell.run();
        }
    }

    private static boolean isThere(String program) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Arrays.stream(path.split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /// By page; of a page each once.
    private static Map<Page, List<String>> commandsNotRun() throws IOException {
        Map<Page, List<String>> commands = new LinkedHashMap<>();
        for (Page page : pages()) {
            commands.put(page, Block.commandsNotRun(Files.readString(ROOT.resolve(page.name()))));
        }
        return commands;
    }

    @Test
    void everyCommandThatIsShownIsRunOrHasAReasonNotToBe() throws IOException {
        List<String> shown = new ArrayList<>();
        commandsNotRun().forEach((page, commands) -> commands.forEach(each -> shown.add(page.name() + ": " + each)));
        assertThat(shown).hasSizeGreaterThan(20).allMatch(NOT_RUN.asMatchPredicate());
    }

    /// What is not run could name what is not there.
    @Test
    void everyCommandThatIsNotRunNamesAVerbAndOptionsThatThereAre() throws Exception {
        Map<String, Set<String>> optionsByVerb = new TreeMap<>();
        for (List<String> commands : commandsNotRun().values()) {
            for (String command : commands) {
                Matcher hawser = VERB_AND_REST.matcher(command);
                if (!hawser.matches()) continue;
                Set<String> options = optionsByVerb.computeIfAbsent(hawser.group(1), verb -> new TreeSet<>());
                OPTION.matcher(hawser.group(2)).results().forEach(option -> options.add(option.group()));
            }
        }
        assertThat(optionsByVerb).containsKeys("serve", "bench connect");
        try (Shell shell = new Shell(page("```sh\n./hawser completion >completion.bash\n```\n"), folder)) {
            shell.run();
        }
        String completion = Files.readString(folder.resolve("completion.bash"));
        optionsByVerb.forEach((verb, options) -> {
            int begin = completion.indexOf("function _picocli_hawser_" + verb.replace(' ', '_') + "() {");
            assertThat(begin).as("hawser %s", verb).isPositive();
            String known = completion.substring(begin, completion.indexOf("\n}\n", begin));
            for (String option : options)
                assertThat(known).as("hawser %s", verb).contains("'" + option + "'");
        });
    }

    @Test
    void theVersionThatIsShownIsThatOfTheBuild() throws IOException {
        Matcher version =
                Pattern.compile("<version>(.+?)</version>").matcher(Files.readString(ROOT.resolve("pom.xml")));
        assertThat(version.find()).isTrue();
        assertThat(Files.readString(ROOT.resolve("README.md"))).contains(version.group());
        assertThat(Files.readString(ROOT.resolve("docs/how-to/build.md")))
                .contains(version.group(), "hawser-bom:" + version.group(1));
    }

    @Test
    void theJobThatTheAlertRulesAskForIsTheOneThatIsShown() throws IOException {
        assertThat(Files.readString(ROOT.resolve("docs/operations/prometheus-rules.yml")))
                .contains("up{job=\"hawser\"}");
        assertThat(Files.readString(ROOT.resolve("docs/how-to/observe.md"))).contains("job_name: hawser\n");
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
                text about ./hawser, and `./hawser version`, which is run, and `./hawser bench
                http URL`, which is not

                    ./hawser serve --now   # at once

                ```sh
                ./hawser version
                ```
                ```console
                curl 127.0.0.1
                ```
                """))
                .containsExactly("./hawser serve --now", "curl 127.0.0.1", "./hawser bench http URL");
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
