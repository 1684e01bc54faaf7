package io.hawser.conformance.msgi;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Endpoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// `hawser serve` in a process of its own.
///
/// @param err what it says on its other output, which is read all the time lest the process wait for a reader
public record ServeProcess(Process process, BufferedReader out, CompletableFuture<String> err)
        implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 90;

    /// What makes a process hear signals that are ignored where the tests were started (`nohup`, a
    /// background job of a script): a JVM leaves those alone.
    private static final List<String> WITH_SIGNALS = withSignals();

    /// How a process ended, and what it said.
    public record Outcome(int exitCode, String out, String err) {}

    private static List<String> withSignals() {
        List<String> prefix = List.of("env", "--default-signal=HUP,INT");
        List<String> probe = new ArrayList<>(prefix);
        probe.add("true");
        try {
            boolean isThere = new ProcessBuilder(probe).start().waitFor() == 0;
            return isThere ? prefix : List.of();
        } catch (IOException | InterruptedException none) {
            return List.of();
        }
    }

    public static ServeProcess start(String... options) throws IOException {
        return startIn(Path.of(System.getProperty("java.io.tmpdir")), options);
    }

    /// One that keeps its temporary files in `folder`.
    static ServeProcess startIn(Path folder, String... options) throws IOException {
        return start(WITH_SIGNALS, System.getProperty("java.class.path"), folder, options);
    }

    /// One for which a shell does `before` first, such as setting a limit or redirecting an output; its classes
    /// are in jars, in `folder` like its temporary files.
    public static ServeProcess startAfter(String before, Path folder, String... options) throws IOException {
        List<String> shell = List.of("sh", "-c", before + "; exec \"$@\"", "sh");
        return start(shell, JarredClassPath.in(folder), folder, options);
    }

    private static ServeProcess start(List<String> prefix, String classPath, Path folder, String... options)
            throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-Djava.io.tmpdir=" + folder,
                "--enable-native-access=ALL-UNNAMED",
                "--add-opens",
                "java.base/java.lang=ALL-UNNAMED",
                "-cp",
                classPath,
                "io.hawser.hub.Main",
                "serve"));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).start();
        CompletableFuture<String> err = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try (BufferedReader said = process.errorReader(StandardCharsets.UTF_8)) {
                err.complete(said.readAllAsString());
            } catch (IOException closed) {
                err.completeExceptionally(closed);
            }
        });
        return new ServeProcess(process, process.inputReader(StandardCharsets.UTF_8), err);
    }

    /// Runs one that ends by itself.
    static Outcome run(String... options) throws IOException, InterruptedException {
        try (ServeProcess serve = start(options)) {
            return serve.awaitEnd();
        }
    }

    /// The one line that it prints when it accepts connections.
    public String readyLine() throws IOException, InterruptedException {
        String line = out.readLine();
        if (line == null) throw new AssertionError("not ready: " + awaitEnd());
        return line;
    }

    public static Endpoint endpoint(String readyLine) {
        return Endpoint.parse(readyLine.split(" ", -1)[2]);
    }

    /// Sends the signal that Process has no method for.
    public void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start();
        assertThat(kill.waitFor()).isZero();
    }

    /// Waits until it has ended by itself.
    public Outcome awaitEnd() throws IOException, InterruptedException {
        String rest = out.readAllAsString();
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        return new Outcome(process.exitValue(), rest, err.join());
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
