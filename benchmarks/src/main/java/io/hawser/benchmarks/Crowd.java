package io.hawser.benchmarks;

import io.hawser.benchmarks.clients.ClientRun;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/// Many callers at once on few connections of a client of HTTP: whether any call fails, and whether memory
/// stays flat meanwhile. The live heap is that after a full collection, and with the callers' own stacks.
///
/// One client after the other, each as long as the looks at it take.
final class Crowd {
    static final int LOOKS = 6;

    private final Workbench bench;
    private final Duration warmup;
    private final Duration between;
    private final Consumer<String> log;

    /// What one client showed.
    ///
    /// @param heapBytes live, at each look
    /// @param residentBytes at each look, after the collection
    record Result(
            String peer,
            double perSecond,
            long answered,
            List<Double> heapBytes,
            List<Double> residentBytes,
            Map<String, Long> faults) {}

    /// @param between two looks
    Crowd(Workbench bench, Duration warmup, Duration between, Consumer<String> log) {
        this.bench = bench;
        this.warmup = warmup;
        this.between = between;
        this.log = log;
    }

    /// An interrupt ends it with the clients that are done, and stays set.
    CrowdOutcome run(CrowdRow row, List<Peer> peers) {
        var results = new ArrayList<Result>();
        try {
            for (var peer : peers) {
                log.accept(row.name() + ": " + peer.name());
                results.add(measure(row, peer));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new CrowdOutcome(row.threads(), results);
    }

    private Result measure(CrowdRow row, Peer peer) throws InterruptedException {
        var heap = new ArrayList<Double>();
        var resident = new ArrayList<Double>();
        var faults = new TreeMap<String, Long>();
        double perSecond = Double.NaN;
        long answered = 0;
        long tooLate = 0;
        try (var process = PeerProcess.start(peer, bench.serverPinning());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var url = row.upstream().url();
            Future<ClientRun.Result> calling = threads.submit(
                    () -> new CallerProcess(process).call(url, row.threads(), warmup, between.multipliedBy(LOOKS)));
            long due = System.nanoTime() + warmup.toNanos() + between.toNanos() / 2;
            for (int i = 1; i <= LOOKS; i++, due += between.toNanos()) {
                Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
                double live = Jcmd.liveHeapBytes(process.pid());
                double held = StartTime.residentBytes(process);
                // It may have seen a client whose callers had gone.
                if (System.nanoTime() - due > between.toNanos() / 2) {
                    tooLate++;
                } else {
                    heap.add(live);
                    resident.add(held);
                }
            }
            if (tooLate > 0) faults.put("looks that came too late", tooLate);
            var result = calling.get();
            answered = result.answered();
            perSecond = answered * 1e9 / result.wallNanos();
            if (result.failed() > 0) faults.put("calls that failed", result.failed());
        } catch (IOException e) {
            if (Thread.interrupted()) throw new InterruptedException();
            faults.merge(Cells.reason(e), 1L, Long::sum);
        } catch (ExecutionException e) {
            faults.merge(Cells.reason(e.getCause() == null ? e : e.getCause()), 1L, Long::sum);
        }
        return new Result(peer.name(), perSecond, answered, heap, resident, faults);
    }
}
