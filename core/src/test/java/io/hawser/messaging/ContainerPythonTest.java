package io.hawser.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.hawser.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Python's cbor2 as the other end, with the functions that docs/CONTAINER.md shows.
class ContainerPythonTest {
    private static final ContainerLimits LIMITS = ContainerLimits.defaults();
    private static final Path RESOURCES = Path.of("src", "test", "resources");

    private static String python = "";

    @TempDir
    Path folder;

    @BeforeAll
    static void findPython() throws Exception {
        Optional<String> found = Optional.empty();
        // A python3 put in front of the system's often lacks the packages of the distribution.
        for (String candidate : List.of("python3", "/usr/bin/python3")) {
            if (found.isEmpty() && hasCbor2(candidate)) found = Optional.of(candidate);
        }
        if (found.isEmpty()) {
            String missing = "containers are not tested against Python: no python3 with cbor2 (python3-cbor2) here";
            assertThat(System.getenv("CI")).as(missing).isNotEqualTo("true");
            System.err.println("SKIPPED: " + missing);
            abort(missing);
        }
        python = found.orElseThrow();
    }

    @Test
    void pythonAgreesWithEveryVector() throws Exception {
        assertThat(run("check", List.of())).singleElement().asString().startsWith("23 containers");
    }

    @Test
    void whatPythonReadsAndWritesAgainIsTheSameToTheByte() throws Exception {
        List<String> sent = containers().map(c -> c.toCbor().toHex()).toList();
        assertThat(run("relay", sent)).isEqualTo(sent);
    }

    @Test
    void jsonThatPythonSortedKeepsValuesAndTypes() throws Exception {
        List<Container> sent = containers().toList();
        List<String> relayed = run("sort", sent.stream().map(Container::toJson).toList());
        assertThat(relayed).hasSameSizeAs(sent);
        for (int i = 0; i < sent.size(); i++) {
            assertThat(sorted(Container.fromJson(relayed.get(i), LIMITS))).isEqualTo(sorted(sent.get(i)));
        }
    }

    @Test
    void whatPythonWritesIsRead() throws Exception {
        List<Container> read = run("write", List.of()).stream()
                .map(line -> Container.fromCbor(Bytes.ofHex(line), LIMITS))
                .toList();
        assertThat(read)
                .containsExactly(
                        Container.of("order.new")
                                .with("qty", 3L)
                                .with("price", 9.5)
                                .with("note", "Grüße 𐅑")
                                .with("raw", Bytes.ofHex("00ff"))
                                .build(),
                        Container.of("plain")
                                .from("python", "cbor2")
                                .to("hawser")
                                .version(2)
                                .withNull("z")
                                .with("a", List.of(true, 1L, 2.5, List.of(), Double.NaN))
                                .with("big", Long.MAX_VALUE)
                                .with("small", Long.MIN_VALUE)
                                .build(),
                        Container.of("exact")
                                .with("a", (byte) 1)
                                .with("b", (short) 2)
                                .with("c", 3)
                                .with("d", 4L)
                                .with("e", 0.1f)
                                .with("f", 0.1)
                                .with("g", 5.0)
                                .build(),
                        Container.of("outer")
                                .with(
                                        "inner",
                                        Container.of("inner")
                                                .with("list", List.of(1, 2))
                                                .build())
                                .build(),
                        Container.of("long")
                                .with("text", "x".repeat(65_536))
                                .with("bytes", Bytes.wrap(new byte[65_535]))
                                .with(
                                        "list",
                                        IntStream.range(0, 1000)
                                                .mapToObj(Long::valueOf)
                                                .toList())
                                .build());
    }

    private static Stream<Container> containers() {
        Random random = new Random(8610);
        return Stream.concat(
                Stream.of(Containers.ofEveryType()),
                Stream.generate(() -> Containers.random(random, 4)).limit(500));
    }

    /// The container with its values, and those of nested ones, sorted by name.
    private static Container sorted(Container container) {
        ContainerBuilder sorted = container.toBuilder();
        container.values().keySet().stream().sorted().forEach(name -> {
            sorted.without(name).with(name, sorted(container.value(name)));
        });
        return sorted.build();
    }

    private static Value sorted(Value value) {
        return switch (value) {
            case Container container -> sorted(container);
            case Value.Items items ->
                new Value.Items(
                        items.values().stream().map(ContainerPythonTest::sorted).toList());
            default -> value;
        };
    }

    private List<String> run(String command, List<String> input) throws Exception {
        Path in = Files.write(folder.resolve("in"), input);
        Path out = folder.resolve("out");
        Path docs = Path.of("..", "docs", "CONTAINER.md");
        Path vectors = RESOURCES.resolve("container-vectors.json");
        ProcessBuilder peer = new ProcessBuilder(
                        python,
                        RESOURCES.resolve("container_peer.py").toString(),
                        docs.toString(),
                        vectors.toString(),
                        command)
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectErrorStream(true);
        peer.environment().put("PYTHONUTF8", "1");
        assertThat(ends(peer.start())).as(() -> text(out)).isZero();
        return Files.readAllLines(out);
    }

    private static boolean hasCbor2(String python) throws InterruptedException {
        try {
            return ends(new ProcessBuilder(python, "-c", "import cbor2")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start())
                    == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }

    private static int ends(Process process) throws InterruptedException {
        if (process.waitFor(60, TimeUnit.SECONDS)) return process.exitValue();
        process.destroyForcibly();
        throw new AssertionError("no end after a minute: " + process.info());
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
