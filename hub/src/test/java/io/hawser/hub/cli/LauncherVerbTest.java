package io.hawser.hub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// What the completion knows of a verb of the launcher is what runs it knows.
final class LauncherVerbTest {
    /// A case of a script, or the names of an option.
    private static final Pattern OPTION = Pattern.compile("(?m)^\\s+(--[a-z]+)\\)|names = \"(--[-a-z]+)\"");

    @Command(name = "hawser")
    private static final class Root {}

    @ParameterizedTest
    @CsvSource({
        "fuzz, conformance/fuzz.sh",
        "soak, conformance/src/main/java/io/hawser/conformance/soak/Soak.java",
        "peers, benchmarks/src/main/java/io/hawser/benchmarks/Peers.java"
    })
    void itsOptionsAreThoseOfWhatRunsIt(String verb, String source) throws IOException {
        CommandLine root = new CommandLine(new Root());
        LauncherVerb.addTo(root);
        List<String> known =
                Objects.requireNonNull(root.getSubcommands().get(verb), verb).getCommandSpec().options().stream()
                        .map(option -> option.longestName())
                        .toList();
        List<String> taken = OPTION.matcher(Files.readString(Path.of("..", source)))
                .results()
                .map(LauncherVerbTest::name)
                .toList();
        assertThat(taken).isNotEmpty();
        assertThat(known).containsExactlyInAnyOrderElementsOf(taken);
    }

    private static String name(MatchResult found) {
        return found.group(1) == null ? found.group(2) : found.group(1);
    }
}
