package io.hawser.benchmarks;

import io.hawser.http.Body;
import io.hawser.http.HttpClient;
import io.hawser.http.HttpClientConfig;
import io.hawser.hub.bench.ProcessCpu;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Documents of 5 MB of JSON, posted as streams whose length nobody says, a few at a time. A round is a
/// thousand of them; after it the server is asked for its live heap, after a full collection, and for its
/// resident memory.
///
/// Every answer is compared with what it must be, so each document was parsed to its end.
final class LargePosts {
    static final int POSTS_PER_ROUND = 1_000;
    static final int AT_A_TIME = 4;

    private static final int NUMBERS = 500_000;
    private static final String ANSWER = Integer.toString(NUMBERS);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Workbench bench;
    private final LargePostRow row;
    private final int rounds;
    private final Consumer<String> log;
    private final byte[] document = document();

    /// What the server had when it had answered so many.
    record Reading(int posts, long heapBytes, long residentBytes, double seconds, double cpuSeconds) {}

    /// What one server showed.
    ///
    /// @param readings one after each round, the first of them after the round that warms up
    record Result(String peer, List<Reading> readings, Map<String, Long> faults) {
        Result {
            readings = List.copyOf(readings);
            faults = Map.copyOf(faults);
        }
    }

    LargePosts(Workbench bench, LargePostRow row, int rounds, Consumer<String> log) {
        this.bench = bench;
        this.row = row;
        this.rounds = rounds;
        this.log = log;
    }

    /// Half a million numbers of nine digits and a comma.
    private static byte[] document() {
        var json = new StringBuilder("[");
        for (int i = 0; i < NUMBERS; i++) json.append(i == 0 ? "" : ",").append(100_000_000 + i);
        return json.append(']').toString().getBytes(StandardCharsets.US_ASCII);
    }

    /// One server after the other. An interrupt ends it with what there is, and stays set.
    LargePostOutcome run(List<Peer> peers) {
        var results = new ArrayList<Result>();
        for (var peer : peers) {
            if (Thread.currentThread().isInterrupted()) break;
            var readings = new ArrayList<Reading>();
            try {
                measure(peer, readings);
                results.add(new Result(peer.name(), readings, Map.of()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                results.add(new Result(peer.name(), readings, Map.of()));
            } catch (IOException e) {
                log.accept(peer.name() + ": " + e.getMessage());
                results.add(new Result(peer.name(), readings, Map.of(Cells.reason(e), 1L)));
            }
        }
        return new LargePostOutcome(row, document.length, results);
    }

    private void measure(Peer peer, List<Reading> readings) throws IOException, InterruptedException {
        var config = HttpClientConfig.defaults().withVersions(row.version());
        config = config.withPool(config.pool().withMaxPerOrigin(AT_A_TIME));
        try (var process = PeerProcess.start(peer, bench.serverPinning());
                var client = HttpClient.open(config)) {
            var url = "http://127.0.0.1:" + process.address().getPort() + "/";
            for (int round = 0; round <= rounds; round++) {
                long cpuBefore = ProcessCpu.usedNanos(process.pid()).orElse(0);
                long before = System.nanoTime();
                post(client, url);
                double seconds = (System.nanoTime() - before) / 1e9;
                double cpu = (ProcessCpu.usedNanos(process.pid()).orElse(0) - cpuBefore) / 1e9;
                process.checkAlive();
                // The first collection may leave what a second one finds.
                Jcmd.liveHeapBytes(process.pid());
                long heap = Jcmd.liveHeapBytes(process.pid());
                var reading = new Reading(
                        (round + 1) * POSTS_PER_ROUND, heap, StartTime.residentBytes(process), seconds, cpu);
                readings.add(reading);
                log.accept("%s %s: %,d posts, live heap %,d KiB, resident %,d MiB, %.1f s, server CPU %.1f s"
                        .formatted(
                                row.name(),
                                peer.name(),
                                reading.posts(),
                                heap >> 10,
                                reading.residentBytes() >> 20,
                                seconds,
                                cpu));
            }
        }
    }

    /// One round.
    private void post(HttpClient client, String url) throws IOException, InterruptedException {
        var left = new AtomicInteger(POSTS_PER_ROUND);
        var failure = new AtomicReference<@Nullable Exception>();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < AT_A_TIME; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    while (failure.get() == null && left.getAndDecrement() > 0) postOne(client, url);
                } catch (IOException | RuntimeException e) {
                    failure.compareAndSet(null, e);
                }
            }));
        }
        try {
            for (var thread : threads) thread.join();
        } finally {
            threads.forEach(Thread::interrupt);
        }
        var failed = failure.get();
        if (failed != null) throw new IOException(failed);
    }

    private void postOne(HttpClient client, String url) throws IOException {
        var answer = client.post(url)
                .header("Content-Type", "application/json")
                .body(Body.of(new ByteArrayInputStream(document)))
                .timeout(PATIENCE)
                .text();
        if (!answer.equals(ANSWER)) throw new IOException("answered " + answer + " in the place of " + ANSWER);
    }
}
