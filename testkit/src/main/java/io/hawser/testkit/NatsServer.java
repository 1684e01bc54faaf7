package io.hawser.testkit;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A NATS server for tests: a process on a loopback port of its own, with JetStream in a folder of its own.
///
/// Thread: one at a time.
public final class NatsServer implements AutoCloseable {
    private final Path folder;
    private final int port;
    private final List<String> options;
    private Process process;

    private NatsServer(Path folder, int port, List<String> options) throws IOException {
        this.folder = folder;
        this.port = port;
        this.options = options;
        this.process = launch();
    }

    /// Whether `nats-server` is on the path.
    public static boolean isHere() {
        try {
            return new ProcessBuilder("nats-server", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Starts one, and waits until it is ready.
    ///
    /// @param options of `nats-server`, besides where it listens and what it stores
    public static NatsServer start(String... options) throws IOException, InterruptedException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        NatsServer server = new NatsServer(Files.createTempDirectory("hawser-nats"), port, List.of(options));
        server.awaitReady();
        return server;
    }

    private Process launch() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "nats-server",
                "-a",
                "127.0.0.1",
                "-p",
                "" + port,
                "-js",
                "-sd",
                folder.resolve("js").toString()));
        command.addAll(options);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    private void awaitReady() throws IOException, InterruptedException {
        for (int i = 0; i < 3000; i++) {
            if (Files.readString(folder.resolve("log")).contains("Server is ready")) return;
            if (!process.isAlive()) break;
            TimeUnit.MILLISECONDS.sleep(10);
        }
        throw new IOException("nats-server did not start: " + Files.readString(folder.resolve("log")));
    }

    /// Where it listens.
    public String url() {
        return "nats://127.0.0.1:" + port;
    }

    /// Kills it, as a crash does. Its folder stays.
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// Starts it again on the same port and folder.
    public void restart() throws IOException, InterruptedException {
        process = launch();
        awaitReady();
    }

    /// Starts it again with nothing of what it had.
    public void restartEmpty() throws IOException, InterruptedException {
        delete(folder.resolve("js"));
        restart();
    }

    /// Keeps what it has on disk. It must not be running.
    public void keepState() throws IOException {
        delete(folder.resolve("kept"));
        copy(folder.resolve("js"), folder.resolve("kept"));
    }

    /// Starts it again with what was kept, as after a restore of a backup.
    public void restartFromKept() throws IOException, InterruptedException {
        delete(folder.resolve("js"));
        copy(folder.resolve("kept"), folder.resolve("js"));
        restart();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) Files.copy(path, to.resolve(from.relativize(path)));
        }
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor();
    }

    /// Stops it where it stands.
    public void pause() throws IOException, InterruptedException {
        signal("STOP");
    }

    /// Lets it go on.
    public void goOn() throws IOException, InterruptedException {
        signal("CONT");
    }

    private static void delete(Path root) throws IOException {
        if (!Files.exists(root)) return;
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        delete(folder);
    }
}
