package io.hawser.benchmarks.it;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A peer of this module in a process of its own.
record PeerJvm(Process process, InetSocketAddress address) implements AutoCloseable {
    private static final String READY = "ready ";

    static PeerJvm start(String name, String... options) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "io.hawser.benchmarks.peers." + name));
        command.addAll(List.of("--port", "0", "--threads", "1"));
        command.addAll(List.of(options));
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        // Not closed: what the peer may still say must not break it.
        BufferedReader out = process.inputReader();
        for (var line = out.readLine(); line != null; line = out.readLine()) {
            if (!line.startsWith(READY)) continue;
            int port = Integer.parseInt(line.substring(READY.length()));
            return new PeerJvm(process, new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
        }
        process.destroy();
        throw new EOFException(name + " ended before it was ready");
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (process.waitFor(30, TimeUnit.SECONDS)) return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
