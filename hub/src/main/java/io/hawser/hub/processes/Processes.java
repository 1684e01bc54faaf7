package io.hawser.hub.processes;

import io.hawser.StartupFailed;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// What is done to processes and files.
public final class Processes {
    private Processes() {}

    /// Sends the signal that [Process] has no method for.
    public static void signal(Process process, String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    /// Sees that what clusters run on is here, before anything is begun that needs it.
    ///
    /// @throws StartupFailed if it is not; the message says how to get it
    public static void needBroker() throws InterruptedException {
        try {
            new ProcessBuilder("nats-server", "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new StartupFailed(
                    "nats-server is not on the PATH: install it (Debian: apt-get install nats-server; others:"
                            + " https://nats.io/download)",
                    e);
        }
    }

    /// Ports that are free now.
    public static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) held.add(new ServerSocket(0));
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : held) socket.close();
        }
    }

    /// Deletes a folder and all that is in it.
    public static void delete(Path root) throws IOException {
        if (!Files.exists(root)) return;
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
        }
    }
}
