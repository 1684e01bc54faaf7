package io.hawser.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
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
        OptionalInt port;
        try {
            port = answer.poll(START_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            end(process);
            throw e;
        }
        if (port == null || port.isEmpty()) {
            end(process);
            throw new IOException(peer.name()
                    + (port == null ? " was not ready in " + START_SECONDS + " s" : " ended before it was ready"));
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

    /// Errors: an IOException that says how the process ended, if it has.
    void checkAlive() throws IOException {
        if (process.isAlive()) return;
        throw new IOException(peer.name() + " ended by itself, with exit code " + process.exitValue());
    }

    /// Asks the process to end and waits until it has, however long it needs to write what it wants to keep.
    void stop() throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(START_SECONDS, TimeUnit.SECONDS)) throw new IOException(peer.name() + " did not end");
    }

    /// Ends the process and those that it started. Waits a moment for it to end by itself, even when
    /// interrupted: it may have others to end.
    @Override
    public void close() {
        end(process);
    }

    private static void end(Process process) {
        var started = process.descendants().toList();
        process.destroy();
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(STOP_SECONDS);
        boolean interrupted = false;
        for (long left = until - System.nanoTime(); process.isAlive() && left > 0; left = until - System.nanoTime()) {
            try {
                var _ = process.waitFor(left, TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        process.destroyForcibly();
        started.forEach(ProcessHandle::destroyForcibly);
        if (interrupted) Thread.currentThread().interrupt();
    }

    private static void read(Process process, BlockingQueue<OptionalInt> answer) {
        try (BufferedReader out = process.inputReader()) {
            for (var line = out.readLine(); line != null; line = out.readLine()) {
                var port = readyPort(line);
                // Only the first answer is waited for; later lines are read so that the peer never blocks.
                if (port.isPresent()) answer.offer(port);
            }
            answer.offer(OptionalInt.empty());
        } catch (IOException _) {
            // The stream is closed under the reader when the process is ended.
            answer.offer(OptionalInt.empty());
        }
    }
}
