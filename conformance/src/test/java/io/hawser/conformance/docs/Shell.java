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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// The commands of one page, in a folder in which `./hawser` is this Hawser.
final class Shell implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;
    private static final String JAR = "hub/target/hawser-hub.jar";
    private static final String LAUNCHER = """
            #!/bin/sh
            if [ "$1" = serve ]; then
              case " $* " in *" --port "* | *" --config "*) ;; *) shift; set -- serve --port %1$s "$@" ;; esac
            fi
            exec "%2$s" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED \\
              --add-opens java.base/java.lang=ALL-UNNAMED -cp "%3$s" io.hawser.hub.Main "$@"
            """;

    private final Page page;
    private final Path folder;
    private final List<Process> background = new ArrayList<>();

    Shell(Page page, Path folder) throws IOException {
        this.page = page;
        this.folder = folder;
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Path launcher = Files.writeString(
                folder.resolve("hawser"),
                LAUNCHER.formatted(
                        page.here("--port " + Page.USUAL_PORT).substring("--port ".length()), java, classPath()));
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static String classPath() {
        return System.getProperty("java.class.path");
    }

    /// Runs all of the page.
    void run() throws IOException, InterruptedException {
        String said = "";
        for (Block block : page.blocks()) {
            String content = page.here(block.content());
            if (block.isProgram()) Files.writeString(folder.resolve(block.fileName()), content);
            else if (block.isBackground()) said = begin(block, content);
            else if (block.isShell()) said = run(block, content);
            else if (block.isOutput()) expect(block, content, said);
        }
    }

    private ProcessBuilder command(String script) {
        ProcessBuilder builder = new ProcessBuilder("bash", "-euo", "pipefail", "-c", script.replace(JAR, classPath()))
                .directory(folder.toFile());
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
        boolean hasEnded = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (!hasEnded) process.destroyForcibly();
        assertThat(hasEnded)
                .as("%s, line %d: does not end", page.name(), block.line())
                .isTrue();
        assertThat(process.exitValue())
                .as("%s, line %d: %s", page.name(), block.line(), said.join())
                .isZero();
        return said.join();
    }

    /// Begun, and it has said something.
    private String begin(Block block, String script) throws IOException {
        Path errors = folder.resolve("background-" + background.size() + ".log");
        Process process =
                command("exec " + script.strip()).redirectError(errors.toFile()).start();
        background.add(process);
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String first = out.readLine();
        assertThat(first)
                .as("%s, line %d: %s", page.name(), block.line(), Files.readString(errors))
                .isNotNull();
        Thread.ofVirtual().start(() -> out.lines().forEach(line -> {}));
        return first;
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
    public void close() throws InterruptedException {
        for (Process process : background) {
            process.destroy();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) process.destroyForcibly();
        }
    }
}
