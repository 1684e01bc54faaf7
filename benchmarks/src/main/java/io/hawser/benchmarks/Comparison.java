package io.hawser.benchmarks;

import io.hawser.hub.bench.ProcessCpu;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Runs one row: every contestant in its own fresh process, in turn, round after round.
///
/// All processes live through the whole row; the ones that wait use no processor time. The first contestant
/// is the baseline, the second one the baseline again.
final class Comparison {
    static final String AGAIN = " (again)";

    private static final int MAX_WARM_UPS = 4;
    private static final Duration LEAD_IN = Duration.ofMillis(500);
    private static final Duration ALLOCATION_RUN = Duration.ofSeconds(1);

    private final Workbench bench;
    private final int rounds;
    private final Duration warmup;
    private final Duration duration;
    private final Consumer<String> log;

    Comparison(Workbench bench, int rounds, Duration warmup, Duration duration, Consumer<String> log) {
        this.bench = bench;
        this.rounds = rounds;
        this.warmup = warmup;
        this.duration = duration;
        this.log = log;
    }

    /// Runs `row` with `baseline` and `others`.
    RowResult run(LoadRow row, Peer baseline, List<Peer> others) throws IOException, InterruptedException {
        var contestants = new LinkedHashMap<String, PeerProcess>();
        var faults = new LinkedHashMap<String, Map<String, Long>>();
        try {
            contestants.put(baseline.name(), PeerProcess.start(baseline, bench.serverPinning()));
            contestants.put(baseline.name() + AGAIN, PeerProcess.start(baseline, bench.serverPinning()));
            for (var peer : others) {
                try {
                    contestants.put(peer.name(), PeerProcess.start(peer, bench.serverPinning()));
                } catch (IOException e) {
                    log.accept(row.name() + ": " + e.getMessage());
                    faults.put(peer.name(), Map.of(String.valueOf(e.getMessage()), 1L));
                }
            }
            return run(row, baseline.name(), contestants, faults);
        } finally {
            contestants.values().forEach(PeerProcess::close);
        }
    }

    private RowResult run(
            LoadRow row, String baseline, Map<String, PeerProcess> contestants, Map<String, Map<String, Long>> faults)
            throws IOException, InterruptedException {
        var loads = new LinkedHashMap<String, Loads>();
        contestants.forEach((name, process) -> loads.put(name, new Loads(row, process)));
        for (var load : loads.values()) {
            load.warmUp(warmup);
        }
        var samples = new LinkedHashMap<String, List<Sample>>();
        for (int round = 1; round <= rounds; round++) {
            for (var load : loads.entrySet()) {
                var name = load.getKey();
                var sample = load.getValue().sample(LEAD_IN, duration);
                samples.computeIfAbsent(name, _ -> new ArrayList<>()).add(sample);
                log.accept(row.name() + " round " + round + " of " + rounds + ", " + name + ": "
                        + sample.brief(row.unit()));
            }
        }
        var allocated = new LinkedHashMap<String, Double>();
        for (var load : loads.entrySet()) {
            if (load.getValue().process().peer().java()) {
                allocated.put(load.getKey(), load.getValue().allocatedPerMessage());
            }
            if (!load.getValue().faults().isEmpty())
                faults.put(load.getKey(), load.getValue().faults());
        }
        return new RowResult(row, baseline, samples, allocated, faults);
    }

    /// All loads on one contestant, and whatever went wrong in any of them.
    private record Loads(LoadRow row, PeerProcess process, Map<String, Long> faults) {

        Loads(LoadRow row, PeerProcess process) {
            this(row, process, new TreeMap<>());
        }

        Trial run(Duration warmup, Duration duration) throws IOException, InterruptedException {
            var trial = row.run(process, warmup, duration);
            trial.faults().forEach((kind, count) -> faults.merge(kind, count, Long::sum));
            return trial;
        }

        /// Loads the server until it has had `warmup` of processor time: wall time compiles nothing where
        /// others take the core. One that idles beside its clients is given up on after some such times.
        void warmUp(Duration warmup) throws IOException, InterruptedException {
            long enough = ProcessCpu.usedNanos(process.pid()).orElse(0) + warmup.toNanos() * row.warmUps();
            for (int i = 0; i < MAX_WARM_UPS * row.warmUps(); i++) {
                run(Duration.ZERO, warmup);
                if (ProcessCpu.usedNanos(process.pid()).orElse(enough) >= enough) return;
            }
        }

        Sample sample(Duration warmup, Duration duration) throws IOException, InterruptedException {
            var before = OtherLoad.now(process.pid());
            var trial = run(warmup, duration);
            return trial.sample().withOtherCores(OtherLoad.now(process.pid()).coresSince(before));
        }

        /// A run of its own, so that asking does not disturb what is timed.
        double allocatedPerMessage() throws InterruptedException {
            try {
                long before = Jcmd.allocatedBytes(process.pid());
                var trial = run(Duration.ZERO, ALLOCATION_RUN);
                long bytes = Jcmd.allocatedBytes(process.pid()) - before;
                return trial.count() == 0 ? Double.NaN : (double) bytes / trial.count();
            } catch (IOException e) {
                faults.merge("could not be asked what it allocates", 1L, Long::sum);
                return Double.NaN;
            }
        }
    }
}
