package io.hawser.benchmarks;

import io.hawser.hub.bench.ProcessCpu;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// One file of a GiB, read by one client of ours that throws the bytes away, from each server in turn.
final class BigFile {
    private static final long GIB_BYTES = 1L << 30;
    private static final int READ_BYTES = 1 << 20;
    private static final String REQUEST =
            "GET /files/" + HttpFiles.GIB + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";

    private final Workbench bench;
    private final HttpFiles files;
    private final int rounds;
    private final Consumer<String> log;

    /// What one server showed.
    ///
    /// @param residentBytes at the end of the last round, of the server's own processes
    record Result(String peer, List<Double> seconds, List<Double> cpuSeconds, long residentBytes) {}

    BigFile(Workbench bench, HttpFiles files, int rounds, Consumer<String> log) {
        this.bench = bench;
        this.files = files;
        this.rounds = rounds;
        this.log = log;
    }

    List<Result> run(List<Peer> peers) throws IOException, InterruptedException {
        files.writeGib();
        var processes = new ArrayList<PeerProcess>();
        try {
            for (var peer : peers) processes.add(PeerProcess.start(peer, bench.serverPinning()));
            var seconds = new ArrayList<List<Double>>();
            var cpu = new ArrayList<List<Double>>();
            processes.forEach(_ -> {
                seconds.add(new ArrayList<>());
                cpu.add(new ArrayList<>());
            });
            // Round 0 fills caches, and lets a JVM compile.
            for (int round = 0; round <= rounds; round++) {
                for (int i = 0; i < processes.size(); i++) {
                    long cpuBefore = ProcessCpu.usedNanos(processes.get(i).pid()).orElse(0);
                    long before = System.nanoTime();
                    read(processes.get(i).address());
                    double took = (System.nanoTime() - before) / 1e9;
                    long used = ProcessCpu.usedNanos(processes.get(i).pid()).orElse(0) - cpuBefore;
                    log.accept("%s round %d of %d: %.2f s, server CPU %.2f s"
                            .formatted(processes.get(i).peer().name(), round, rounds, took, used / 1e9));
                    if (round == 0) continue;
                    seconds.get(i).add(took);
                    cpu.get(i).add(used / 1e9);
                }
            }
            var results = new ArrayList<Result>();
            for (int i = 0; i < processes.size(); i++) {
                var process = processes.get(i);
                results.add(new Result(process.peer().name(), seconds.get(i), cpu.get(i), residentBytes(process)));
            }
            return results;
        } finally {
            processes.forEach(PeerProcess::close);
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

    /// Of a server that is not a JVM: of the processes behind the one that started it.
    private static long residentBytes(PeerProcess process) throws IOException {
        var handle = ProcessHandle.of(process.pid()).orElseThrow();
        var counted = process.peer().java() ? Stream.of(handle) : handle.descendants();
        long bytes = 0;
        for (var each : counted.toList()) {
            bytes += IdleMemory.residentBytes(Files.readString(Path.of("/proc/" + each.pid() + "/status")));
        }
        return bytes;
    }
}
