package io.hawser.benchmarks;

import io.hawser.hub.bench.ProcessCpu;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// How long servers take from the start of their process to the first answer of HTTP, in turn, and the memory
/// that is resident a moment later.
///
/// JVMs start twice in each round: as they are, and with an AOT cache (JEP 514) that each of them made in one
/// run before, with one request in it. A JVM makes it of whatever runs, so no peer is without.
final class StartTime {
    private static final int ANSWER_MILLIS = 30_000;
    private static final long SETTLE_MILLIS = 1_000;
    private static final String REQUEST = "GET /plaintext HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
    private static final String BODY = "Hello, World!";
    private static final int MAX_ANSWER_BYTES = 4096;
    private static final String GOOD = "HTTP/1.1 200";

    private final Workbench bench;
    private final int rounds;
    private final Consumer<String> log;

    /// What one server showed, in one of the two ways.
    ///
    /// @param readyMillis until it said that it accepts connections, a value for each round
    /// @param answeredMillis until its first answer had come
    /// @param cpuMillis processor time up to then
    /// @param residentBytes a second after the answer, of the server's own processes
    record Result(
            String server,
            List<Double> readyMillis,
            List<Double> answeredMillis,
            List<Double> cpuMillis,
            List<Double> residentBytes,
            Map<String, Long> faults) {

        Result(String server) {
            this(server, new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new TreeMap<>());
        }
    }

    StartTime(Workbench bench, int rounds, Consumer<String> log) {
        this.bench = bench;
        this.rounds = rounds;
        this.log = log;
    }

    /// An interrupt ends it with what there is, and stays set.
    StartOutcome run(List<Peer> peers) {
        var entrants = new ArrayList<Peer>();
        var results = new ArrayList<Result>();
        try {
            for (var peer : peers) {
                enter(peer, entrants, results);
                if (peer.java()) cached(peer, entrants, results);
            }
            // Round 0 brings the files into the page cache.
            for (int round = 0; round <= rounds; round++) {
                for (int i = 0; i < entrants.size(); i++) start(entrants.get(i), results.get(i), round);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new StartOutcome(results);
    }

    private static void enter(Peer peer, List<Peer> entrants, List<Result> results) {
        entrants.add(peer);
        results.add(new Result(peer.name()));
    }

    private void cached(Peer peer, List<Peer> entrants, List<Result> results) throws InterruptedException {
        var name = peer.name() + " (AOT cache)";
        try {
            var cache = bench.home().resolve("benchmarks/target/aot/" + peer.name() + ".aot");
            Files.createDirectories(cache.getParent());
            Files.deleteIfExists(cache);
            rehearse(peer.named(name).with(bench, "-XX:AOTCacheOutput=" + cache));
            if (!Files.exists(cache)) throw new IOException("made no AOT cache");
            enter(peer.named(name).with(bench, "-XX:AOTCache=" + cache, "-Xlog:aot*=off,cds*=off"), entrants, results);
        } catch (IOException e) {
            if (Thread.interrupted()) throw new InterruptedException();
            log.accept(name + ": " + e.getMessage());
            var failed = new Result(name);
            failed.faults().put(Cells.reason(e), 1L);
            entrants.add(peer);
            results.add(failed);
        }
    }

    /// The cache is written when the JVM ends.
    private void rehearse(Peer peer) throws IOException, InterruptedException {
        log.accept(peer.name() + ": rehearsal");
        try (var process = PeerProcess.start(peer, bench.serverPinning())) {
            ask(process.address());
            process.stop();
        }
    }

    private void start(Peer peer, Result result, int round) throws InterruptedException {
        if (!result.faults().isEmpty()) return;
        long before = System.nanoTime();
        try (var process = PeerProcess.start(peer, bench.serverPinning())) {
            double ready = millisSince(before);
            ask(process.address());
            double answered = millisSince(before);
            double cpu = ProcessCpu.usedNanos(process.pid()).orElse(0) / 1e6;
            log.accept("%s round %d of %d: ready %.0f ms, answered %.0f ms"
                    .formatted(result.server(), round, rounds, ready, answered));
            Thread.sleep(SETTLE_MILLIS);
            double resident = residentBytes(process);
            if (round == 0) return;
            result.readyMillis().add(ready);
            result.answeredMillis().add(answered);
            result.cpuMillis().add(cpu);
            result.residentBytes().add(resident);
        } catch (IOException e) {
            if (Thread.interrupted()) throw new InterruptedException();
            log.accept(result.server() + ": " + e.getMessage());
            result.faults().put(Cells.reason(e), 1L);
        }
    }

    private static double millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e6;
    }

    private static void ask(InetSocketAddress server) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(server, ANSWER_MILLIS);
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
            var answer = new byte[MAX_ANSWER_BYTES];
            var text = "";
            for (int length = 0; !text.endsWith(BODY); ) {
                int count = socket.getInputStream().read(answer, length, answer.length - length);
                if (count <= 0) throw new EOFException("the first answer was not whole");
                length += count;
                text = new String(answer, 0, length, StandardCharsets.ISO_8859_1);
            }
            if (!text.startsWith(GOOD)) throw new IOException("the first answer was no 200");
        }
    }

    /// Of a server that is not a JVM: of the processes behind the one that started it.
    static long residentBytes(PeerProcess process) throws IOException {
        var handle = ProcessHandle.of(process.pid()).orElseThrow(() -> new IOException("ended by itself"));
        var counted = process.peer().java() ? Stream.of(handle) : handle.descendants();
        long bytes = 0;
        for (var each : counted.toList()) {
            bytes += IdleMemory.residentBytes(Files.readString(Path.of("/proc/" + each.pid() + "/status")));
        }
        return bytes;
    }
}
