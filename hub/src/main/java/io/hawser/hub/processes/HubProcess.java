package io.hawser.hub.processes;

import io.hawser.Endpoint;
import io.hawser.StartupFailed;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// `hawser serve` as a process, which can be started again on its port. Each start has 20 tries of a minute.
///
/// Thread: one at a time.
public final class HubProcess implements AutoCloseable {
    /// Options of a Java machine that shares its computer with many.
    public static final List<String> FRUGAL = List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private static final int TRIES = 20;
    /// What takes longer to be ready, or to end, is killed.
    private static final long PATIENCE_SECONDS = 60;

    private final String name;
    private final int port;
    private final List<String> jvm;
    private final List<String> options;
    private final Path log;
    private Process process;

    private HubProcess(String name, int port, List<String> jvm, List<String> options, Path folder)
            throws IOException, InterruptedException {
        this.name = name;
        this.port = port;
        this.jvm = List.copyOf(jvm);
        this.options = List.copyOf(options);
        this.log = folder.resolve(name + ".log");
        this.process = launch();
    }

    /// Starts one, and waits until it is ready.
    ///
    /// @param jvm options of the Java machine
    /// @param options of `serve`, besides its port and its name
    /// @param folder for its log
    public static HubProcess start(String name, int port, List<String> jvm, List<String> options, Path folder)
            throws IOException, InterruptedException {
        return new HubProcess(name, port, jvm, options, folder);
    }

    private Process launch() throws IOException, InterruptedException {
        for (int i = 0; i < TRIES; i++) {
            Process started = new ProcessBuilder(command())
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            // Not closed: the reader is that of the process, which ends with it.
            BufferedReader out = started.inputReader(StandardCharsets.UTF_8);
            CompletableFuture<?> late = CompletableFuture.runAsync(
                    started::destroyForcibly, CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS));
            String line = out.readLine();
            late.cancel(false);
            if (line != null && line.startsWith("hawser ready")) return started;
            started.destroyForcibly().waitFor();
            // Its broker may be coming up.
            TimeUnit.MILLISECONDS.sleep(500);
        }
        throw new StartupFailed("hub " + name + " does not start; see " + log, null);
    }

    private List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(jvm);
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "--add-opens",
                "java.base/java.lang=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "io.hawser.hub.Main",
                "serve",
                "--port",
                Integer.toString(port),
                "--node",
                name));
        command.addAll(options);
        return command;
    }

    /// Of the process that runs now.
    public long pid() {
        return process.pid();
    }

    public Endpoint endpoint() {
        return Endpoint.of("127.0.0.1", port);
    }

    /// Sends it STOP, CONT or another signal.
    public void signal(String signal) throws IOException, InterruptedException {
        Processes.signal(process, signal);
    }

    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// Ends it as a deploy does, and waits for that; after a minute it is killed.
    public void drain() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) kill();
    }

    public void restart() throws IOException, InterruptedException {
        process = launch();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
