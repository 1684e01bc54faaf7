package io.hawser.hub.chaos;

import io.hawser.Endpoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// `hawser serve` as a process, which can be started again on its port.
///
/// Thread: one at a time.
final class HubProcess implements AutoCloseable {
    private static final int TRIES = 20;

    private final String name;
    private final int port;
    private final List<String> options;
    private final Path log;
    private Process process;

    private HubProcess(String name, int port, List<String> options, Path folder)
            throws IOException, InterruptedException {
        this.name = name;
        this.port = port;
        this.options = List.copyOf(options);
        this.log = folder.resolve(name + ".log");
        this.process = launch();
    }

    /// Starts one, and waits until it is ready.
    ///
    /// @param options of `serve` beside name and port
    static HubProcess start(String name, int port, List<String> options, Path folder)
            throws IOException, InterruptedException {
        return new HubProcess(name, port, options, folder);
    }

    private Process launch() throws IOException, InterruptedException {
        for (int i = 0; i < TRIES; i++) {
            Process started = new ProcessBuilder(command())
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            // Not closed: the reader is that of the process, which ends with it.
            BufferedReader out = started.inputReader(StandardCharsets.UTF_8);
            String line = out.readLine();
            if (line != null && line.startsWith("hawser ready")) return started;
            started.destroyForcibly().waitFor();
            // Its broker may be coming up.
            TimeUnit.MILLISECONDS.sleep(500);
        }
        throw new IOException("hub " + name + " does not start; see " + log);
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
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
                name,
                "--threads",
                "1"));
        command.addAll(options);
        return command;
    }

    Endpoint endpoint() {
        return Endpoint.of("127.0.0.1", port);
    }

    /// Sends it STOP, CONT or another signal.
    void signal(String signal) throws IOException, InterruptedException {
        Processes.signal(process, signal);
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// Ends it as a deploy does, and waits for that.
    void drain() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    void restart() throws IOException, InterruptedException {
        process = launch();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
