package io.hawser;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.architecture.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Nothing that comes from a peer names a class, makes an object of any class, or becomes a command.
final class CodeFromDataTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final List<String> MODULES = List.of("core", "testkit", "nats", "openai", "hub");
    private static final Pattern COMMENT = Pattern.compile("//.*");

    /// Classes by name, and objects of them.
    private static final Pattern REFLECTION = Pattern.compile(
            "\\bClass\\.forName\\(|\\bgetDeclaredConstructor\\(|\\bgetConstructor\\(|\\bgetMethod\\(|\\bgetDeclaredMethod\\(");

    private static final Pattern PROCESS = Pattern.compile("\\bnew ProcessBuilder\\(|\\.exec\\(");

    /// Ways to make any object, or code, of bytes; and parsers of XML, whose entities reach files and networks.
    private static final Pattern NEVER = Pattern.compile("\\bObjectInput(Stream)?\\b|\\bXMLDecoder\\b|\\bScriptEngine"
            + "|\\bInitialContext\\b|\\bdefineClass\\(|DefaultTyping|\\bJsonTypeInfo\\b|\\bDocumentBuilder|\\bSAXParser"
            + "|\\bXMLInputFactory\\b|\\bURLClassLoader\\b");

    private static Set<String> using(Pattern what) throws IOException {
        Set<String> found = new TreeSet<>();
        for (Path file : SourceTree.of(ROOT, MODULES).files()) {
            String code = COMMENT.matcher(Files.readString(file)).replaceAll("");
            String name = file.getFileName().toString();
            if (what.matcher(code).find()) found.add(name.substring(0, name.indexOf('.')));
        }
        return found;
    }

    @Test
    void bytesDoNotBecomeObjectsOfAnyClass() throws IOException {
        assertThat(using(NEVER)).isEmpty();
    }

    /// Records of the configuration, by their own components; what the JDK and optional libraries have or
    /// have not; the handler of a ticker's process, which the program that starts it names.
    @Test
    void classesAreNamedByTheProgramAlone() throws IOException {
        assertThat(using(REFLECTION))
                .containsExactlyInAnyOrder(
                        "FixedModes",
                        "RecordShape",
                        "Scalars",
                        "CarrierAccess",
                        "LoopCarrier",
                        "BlockFormat",
                        "Signals",
                        "ProcessTicker",
                        "TickerMain",
                        "Rehearsal");
    }

    /// Workers and tickers, by their own command line; servers of NATS and hubs that tests and measurements
    /// start.
    @Test
    void processesAreStartedByTheProgramAlone() throws IOException {
        assertThat(using(PROCESS))
                .containsExactlyInAnyOrder(
                        "ChildProcess",
                        "LocalCluster",
                        "Brokers",
                        "HubProcess",
                        "Processes",
                        "NatsServer",
                        "Rehearsal");
    }
}
