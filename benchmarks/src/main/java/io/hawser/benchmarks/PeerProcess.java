package io.hawser.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// A peer that runs, pinned to its core, until it is closed.
final class PeerProcess implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("(?:hawser )?ready (?:\\S*:)?([0-9]{1,5})(?: .*)?");
    private static final int START_SECONDS = 60;
    private static final int STOP_SECONDS = 5;

    private final Peer peer;
    private final Process process;
    private final int port;

    private PeerProcess(Peer peer, Process process, int port) {
        this.peer = peer;
        this.process = process;
        this.port = port;
    }

    /// Starts `peer` and waits until it accepts connections; `pinning` is what goes before the command.
    static PeerProcess start(Peer peer, List<String> pinning) throws IOException, InterruptedException {
        var command = new ArrayList<>(pinning);
        command.addAll(peer.command());
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        // What the hub says of every start and stop would hide what matters.
        builder.environment().put("HAWSER_LOG", "warn");
        var process = builder.start();
        BlockingQueue<OptionalInt> answer = new ArrayBlockingQueue<>(1);
        Thread.ofPlatform().daemon().name("output of " + peer.name()).start(() -> read(process, answer));
        var port = answer.poll(START_SECONDS, TimeUnit.SECONDS);
        if (port == null || port.isEmpty()) {
            process.destroyForcibly();
            throw new IOException(
                    peer.name() + (port == null ? " was not ready in " + START_SECONDS + " s" : " ended before it was ready"));
        }
        return new PeerProcess(peer, process, port.getAsInt());
    }

    /// The port that a line of output announces, if it does.
    static OptionalInt readyPort(String line) {
        var matcher = READY.matcher(line);
        return matcher.matches() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    }

    Peer peer() {
        return peer;
    }

    long pid() {
        return process.pid();
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }

    private static void read(Process process, BlockingQueue<OptionalInt> answer) {
        try (BufferedReader out = process.inputReader()) {
            for (var line = out.readLine(); line != null; line = out.readLine()) {
                var port = readyPort(line);
                // Only the first answer is waited for; later lines are read so that the peer never blocks.
                if (port.isPresent()) answer.offer(port);
            }
            answer.offer(OptionalInt.empty());
        } catch (IOException e) {
            answer.offer(OptionalInt.empty());
            throw new UncheckedIOException(e);
        }
    }
}
