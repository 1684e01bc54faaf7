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

/// Many callers at once on few connections of a client of HTTP: whether any call fails, and whether memory
/// stays flat meanwhile. The live heap is that after a full collection, and with the callers' own stacks.
final class Crowd {
    static final int LOOKS = 6;

    private final Workbench bench;
    private final CrowdRow row;
    private final Duration warmup;
    private final Duration between;

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
    Crowd(Workbench bench, CrowdRow row, Duration warmup, Duration between) {
        this.bench = bench;
        this.row = row;
        this.warmup = warmup;
        this.between = between;
    }

    /// A client that fails is a result, too.
    Result measure(Peer peer) throws InterruptedException {
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
