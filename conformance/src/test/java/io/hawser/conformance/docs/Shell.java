package io.hawser.conformance.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The commands of one page, in a folder in which `./hawser` is this Hawser: its classes, or, in a fresh
/// clone, the launcher that `-Dhawser.docs.launcher` names.
final class Shell implements AutoCloseable {
    private static final String JAR = "hub/target/hawser-hub.jar";
    private static final Pattern SAYS_WHEN_READY = Pattern.compile("(\\./hawser|java|python3) ");
    private static final Set<String> NOT_LINKED = Set.of("hawser", "target", ".git");

    private final Optional<Path> launcher =
            Optional.ofNullable(System.getProperty("hawser.docs.launcher")).map(Path::of);
    private final long patienceSeconds = launcher.isPresent() ? 1500 : 60;
    private final Page page;
    private final Path folder;
    private final List<Process> background = new ArrayList<>();

    Shell(Page page, Path folder) throws IOException {
        this.page = page;
        this.folder = folder;
        Path script = Files.writeString(folder.resolve("hawser"), """
                #!/bin/sh
                if [ "$1" = serve ]; then
                  case " $* " in *" --port "* | *" --config "*) ;; *) shift; set -- serve --port %s "$@" ;; esac
                fi
                exec %s "$@"
                """.formatted(
                        page.here("--port " + Page.USUAL_PORT).substring("--port ".length()), hawser()));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        if (launcher.isPresent()) linkTree(launcher.get().getParent());
    }

    /// What commands of a reader, who is in the folder of the launcher, find there.
    private void linkTree(Path tree) throws IOException {
        try (Stream<Path> entries = Files.list(tree)) {
            for (Path entry : entries.toList()) {
                Path link = folder.resolve(entry.getFileName());
                if (!NOT_LINKED.contains(entry.getFileName().toString())) Files.createSymbolicLink(link, entry);
            }
        }
    }

    private String hawser() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> classes = List.of(
                java,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--add-opens",
                "java.base/java.lang=ALL-UNNAMED",
                "-cp",
                classPath(),
                "io.hawser.hub.Main");
        return launcher.map(path -> List.of(path.toString())).orElse(classes).stream()
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(" "));
    }

    /// What the jar of the hub is made of, where there is none.
    private static String classPath() {
        return System.getProperty("java.class.path");
    }

    /// Runs all of the page.
    void run() throws IOException, InterruptedException {
        String said = "";
        boolean wasRun = true;
        for (Block block : page.blocks()) {
            if (block.isShell()) wasRun = !block.isForClone() || launcher.isPresent();
            if (!wasRun && (block.isShell() || block.isOutput())) continue;
            String content = page.here(block.content());
            if (block.isFile()) write(folder.resolve(block.fileName()), content);
            else if (block.isBackground()) said = begin(block, content);
            else if (block.isShell()) said = run(block, content);
            else if (block.isOutput()) expect(block, content, said);
        }
    }

    private static void write(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private ProcessBuilder command(String script) {
        String here = launcher.isPresent() ? script : script.replace(JAR, classPath());
        ProcessBuilder builder = new ProcessBuilder("bash", "-euo", "pipefail", "-c", here).directory(folder.toFile());
        builder.environment().putAll(Map.of("NO_COLOR", "1", "PATH", pathWithJava()));
        return builder;
    }

    private static String pathWithJava() {
        return Path.of(System.getProperty("java.home"), "bin") + ":" + System.getenv("PATH");
    }

    private String run(Block block, String script) throws IOException, InterruptedException {
        Process process = command(script).redirectErrorStream(true).start();
        process.getOutputStream().close();
        CompletableFuture<String> said = CompletableFuture.supplyAsync(() -> {
            try {
                return process.inputReader(StandardCharsets.UTF_8).readAllAsString();
            } catch (IOException e) {
                return e.toString();
            }
        });
        boolean hasEnded = process.waitFor(patienceSeconds, TimeUnit.SECONDS);
        if (!hasEnded) process.destroyForcibly();
        assertThat(hasEnded)
                .as("%s, line %d: does not end", page.name(), block.line())
                .isTrue();
        assertThat(process.exitValue())
                .as("%s, line %d: %s", page.name(), block.line(), said.join())
                .isZero();
        return said.join();
    }

    /// Begun, and it has said something; programs of others may say nothing.
    private String begin(Block block, String script) throws IOException {
        Path errors = folder.resolve("background-" + background.size() + ".log");
        Process process =
                command("exec " + script.strip()).redirectError(errors.toFile()).start();
        background.add(process);
        CompletableFuture<Optional<String>> first = new CompletableFuture<>();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        Thread.ofVirtual().start(() -> {
            try {
                out.lines().forEach(line -> first.complete(Optional.of(line)));
            } finally {
                first.complete(Optional.empty());
            }
        });
        if (!SAYS_WHEN_READY.matcher(script).lookingAt()) first.completeOnTimeout(Optional.of(""), 1, TimeUnit.SECONDS);
        Optional<String> said = first.join();
        assertThat(said)
                .as("%s, line %d: %s", page.name(), block.line(), Files.readString(errors))
                .isPresent();
        return said.orElseThrow();
    }

    private void expect(Block block, String expected, String said) {
        for (String line : expected.lines().toList()) {
            if (line.isBlank()) continue;
            String pattern = ".*" + Pattern.quote(line.strip()).replace("...", "\\E.*\\Q") + ".*";
            assertThat(said.lines().anyMatch(each -> each.matches(pattern)))
                    .as("%s, line %d: '%s' in what was said: %s", page.name(), block.line(), line, said)
                    .isTrue();
        }
    }

    @Override
    public void close() {
        for (Process process : background) {
            process.destroy();
            Process ended = process.onExit()
                    .completeOnTimeout(process, patienceSeconds, TimeUnit.SECONDS)
                    .join();
            ended.destroyForcibly();
        }
    }
}
