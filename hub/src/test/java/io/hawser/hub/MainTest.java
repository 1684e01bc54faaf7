package io.hawser.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MainTest {
    private record Outcome(int exitCode, String out, String err) {}

    @Test
    void noVerbIsWrongUsageAndListsTheVerbs() {
        Outcome outcome = run();
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains("Usage: hawser", "version");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-such-verb", "--no-such-option", "versio"})
    void whatIsNoVerbIsWrongUsageAndSaysWhich(String argument) {
        Outcome outcome = run(argument);
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains(argument);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chaos --topics 0",
                "chaos gateway --rate 0",
                "chaos flood --rounds 0",
                "chaos storm --clients 20000",
                "chaos reader --duration 9s"
            })
    void whatAVerbOfChaosCannotDoIsWrongUsageAndStartsNothing(String line) {
        Outcome outcome = run(line.split(" "));
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).hasLineCount(1).startsWith("hawser chaos").contains(" to ", "--help tells more");
    }

    @Test
    void aVerbWithAnArgumentTooManyIsWrongUsage() {
        assertThat(run("version", "please").exitCode()).isEqualTo(2);
    }

    @Test
    void helpIsOnStandardOutputAndDone() {
        assertThat(run("--help").exitCode()).isZero();
        assertThat(run("--help").out()).contains("Usage: hawser");
        assertThat(run("version", "--help").exitCode()).isZero();
        assertThat(run("version", "--help").out()).contains("Usage: hawser version");
    }

    @Test
    void versionNamesWhatItRunsOn() {
        Outcome outcome = run("version");
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out().lines().map(line -> line.split(" ", 2)[0]))
                .containsExactly("hawser", "jvm", "os", "transports", "tls");
        assertThat(outcome.out()).contains("jvm " + Runtime.version()).contains("nio");
    }

    @Test
    void theCompletionKnowsEveryVerbAndItsOptions() {
        Outcome outcome = run("completion");
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out())
                .contains(
                        "serve", "bench", "--max-connections", "conformance", "--full", "complete -F _complete_hawser");
    }

    /// As a shell asks for what begins so.
    @ParameterizedTest
    @CsvSource({
        "be, bench",
        "bench h, http",
        "bench http --payl, --payload",
        "serve --max-conn, --max-connections",
        "config pr, print"
    })
    void theCompletionCompletesInAShell(String typed, String expected, @TempDir Path folder) throws Exception {
        Path script = Files.writeString(
                folder.resolve("completion"), run("completion").out());
        String words = "hawser " + typed;
        String ask = "source '" + script + "'; COMP_WORDS=(" + words + "); COMP_CWORD=" + typed.split(" ").length
                + "; _complete_hawser; printf '%s\\n' \"${COMPREPLY[@]}\"";
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "no bash");
        Process shell = new ProcessBuilder("/bin/bash", "--norc", "-c", ask)
                .redirectErrorStream(true)
                .start();
        String answer = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).as(answer).isZero();
        assertThat(answer.lines()).contains(expected);
    }

    @Test
    void aVerbOfTheLauncherSaysWhereItIs() {
        assertThat(run("--help").out()).contains("peers", "example");
        Outcome outcome = run("test", "--full", "--whatever", "x");
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).isEqualTo("hawser: test needs the source tree, and its launcher: ./hawser test\n");
    }

    @Test
    void aGoodFileIsGoodAndOfABadOneAllProblemsAreSaid(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("hub.conf"), "hub.server.node = a");
        assertThat(run("config", "check", file.toString())).isEqualTo(new Outcome(0, file + " is good\n", ""));
        Files.writeString(file, "hub { listen = \"0.0.0.0:9000\", server.tls {} }");
        Outcome open = run("config", "check", file.toString());
        assertThat(open.exitCode()).isZero();
        assertThat(open.out()).isEqualTo(file + " is good\n");
        assertThat(open.err()).startsWith("warning: ").contains("0.0.0.0:9000", "plain_allowed");
        Files.writeString(file, "hub {\n servr {}\n files = [ { root = . } ]\n}");
        Outcome bad = run("config", "check", file.toString());
        assertThat(bad.exitCode()).isEqualTo(1);
        assertThat(bad.err().lines())
                .containsExactly(
                        file + ":2: hub.servr: unknown key; is it server?", file + ": hub.files.0.path: is missing");
        assertThat(bad.out()).isEmpty();
        assertThat(run("config", "check", folder.resolve("no").toString()).err())
                .contains("no such file");
    }

    @Test
    void whatServeWouldNotStartWithIsNotGood(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("hub.conf");
        Files.writeString(file, "hub.server.origins = [ \"https://app.example/\" ]");
        Outcome origin = run("config", "check", file.toString());
        assertThat(origin.exitCode()).isEqualTo(1);
        assertThat(origin.err()).contains("hub.server", "https://app.example/").hasLineCount(1);
        Files.writeString(file, "hub.auth.jwt { algorithms = [ES256], key_set = nope.json }");
        Outcome keys = run("config", "check", file.toString());
        assertThat(keys.exitCode()).isEqualTo(1);
        assertThat(keys.err()).contains("nope.json").hasLineCount(1);
    }

    @Test
    void theSettingsInForceArePrintedWithTheirOrigin(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("hub.conf"), "hub.nats { url = \"nats://me:secret@host:1\" }");
        Outcome outcome = run("config", "print", "--config", file.toString());
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out())
                .contains("hub.nats.url = \"nats://***@host:1\"  # " + file + ":1")
                .contains("hub.listen = \"127.0.0.1:9000\"  # default")
                .doesNotContain("secret");
    }

    private static Outcome run(String... args) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
        try {
            int exitCode = Main.run(args);
            return new Outcome(
                    exitCode, outBytes.toString(StandardCharsets.UTF_8), errBytes.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
