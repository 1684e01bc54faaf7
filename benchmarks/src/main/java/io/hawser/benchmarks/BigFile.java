package io.hawser.benchmarks;

import io.hawser.hub.bench.ProcessCpu;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/// One file of a GiB, read by one client of ours that throws the bytes away, from each server in turn.
final class BigFile {
    private static final long GIB_BYTES = 1L << 30;
    private static final int READ_BYTES = 1 << 20;
    private static final String REQUEST = "GET /files/" + HttpFiles.GIB + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";

    private final Workbench bench;
    private final HttpFiles files;
    private final int rounds;
    private final Consumer<String> log;

    /// What one server showed.
    ///
    /// @param residentBytes at the end of the last round, of the server's own processes
    record Result(
            String peer, List<Double> seconds, List<Double> cpuSeconds, long residentBytes, Map<String, Long> faults) {
        Result {
            seconds = List.copyOf(seconds);
            cpuSeconds = List.copyOf(cpuSeconds);
            faults = Map.copyOf(faults);
        }
    }

    BigFile(Workbench bench, HttpFiles files, int rounds, Consumer<String> log) {
        this.bench = bench;
        this.files = files;
        this.rounds = rounds;
        this.log = log;
    }

    /// All of them in turn; one that fails has no further turn. An interrupt ends it with the rounds that there
    /// are, and stays set.
    FileOutcome run(List<Peer> peers) throws IOException {
        files.writeGib();
        var servers = new ArrayList<Served>();
        try {
            for (var peer : peers) servers.add(start(peer));
            // Round 0 fills caches, and lets a JVM compile.
            for (int round = 0; round <= rounds; round++) {
                for (var server : servers) server.takeTurn(round);
            }
            for (var server : servers) server.measureMemory();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            for (var server : servers) server.process.ifPresent(PeerProcess::close);
        }
        return new FileOutcome(servers.stream().map(Served::result).toList());
    }

    private Served start(Peer peer) throws InterruptedException {
        try {
            return new Served(peer, Optional.of(PeerProcess.start(peer, bench.serverPinning())));
        } catch (IOException e) {
            var failed = new Served(peer, Optional.empty());
            failed.fail(e);
            return failed;
        }
    }

    /// One server and what it took so far.
    private final class Served {
        private final Peer peer;
        private final Optional<PeerProcess> process;
        private final List<Double> seconds = new ArrayList<>();
        private final List<Double> cpuSeconds = new ArrayList<>();
        private final Map<String, Long> faults = new TreeMap<>();
        private long residentBytes;

        Served(Peer peer, Optional<PeerProcess> process) {
            this.peer = peer;
            this.process = process;
        }

        void fail(IOException e) {
            log.accept(peer.name() + ": " + e.getMessage());
            faults.merge(Cells.reason(e), 1L, Long::sum);
        }

        void takeTurn(int round) throws InterruptedException {
            if (!faults.isEmpty() || process.isEmpty()) return;
            var running = process.get();
            try {
                long cpuBefore = ProcessCpu.usedNanos(running.pid()).orElse(0);
                long before = System.nanoTime();
                read(running.address());
                double took = (System.nanoTime() - before) / 1e9;
                long used = ProcessCpu.usedNanos(running.pid()).orElse(0) - cpuBefore;
                log.accept("%s round %d of %d: %.2f s, server CPU %.2f s"
                        .formatted(peer.name(), round, rounds, took, used / 1e9));
                if (round == 0) return;
                seconds.add(took);
                cpuSeconds.add(used / 1e9);
            } catch (IOException e) {
                if (Thread.interrupted()) throw new InterruptedException();
                fail(e);
            }
        }

        void measureMemory() {
            if (!faults.isEmpty() || process.isEmpty()) return;
            try {
                residentBytes = StartTime.residentBytes(process.get());
            } catch (IOException e) {
                fail(e);
            }
        }

        Result result() {
            return new Result(peer.name(), seconds, cpuSeconds, residentBytes, faults);
        }
    }

    private static void read(InetSocketAddress server) throws IOException {
        try (var channel = SocketChannel.open(server)) {
            var request = ByteBuffer.wrap(REQUEST.getBytes(StandardCharsets.US_ASCII));
            while (request.hasRemaining()) channel.write(request);
            var buffer = ByteBuffer.allocateDirect(READ_BYTES);
            long left = GIB_BYTES - channel.read(buffer) + headBytes(buffer);
            for (int count = 0; left > 0 && count >= 0; left -= count) count = channel.read(buffer.clear());
            if (left <= 0) return;
            throw new EOFException(left + " bytes did not come");
        }
    }

    /// How much of what came first is head; it comes in one piece.
    private static int headBytes(ByteBuffer first) throws EOFException {
        for (int at = 3; at < first.position(); at++) {
            if (first.get(at) == '\n' && first.get(at - 2) == '\n') return at + 1;
        }
        throw new EOFException("no end of a head in the first " + first.position() + " bytes");
    }
}
