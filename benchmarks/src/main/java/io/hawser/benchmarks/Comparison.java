package io.hawser.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Runs one row: every contestant in its own fresh process, in turn, round after round.
///
/// All processes live through the whole row; the ones that wait use no processor time. The first contestant
/// is the baseline, the second one the baseline again. Every other round goes backwards, so that a machine
/// that grows slower within each round favours nobody.
final class Comparison {
    static final String AGAIN = " (again)";

    private static final Duration LEAD_IN = Duration.ofMillis(500);

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

    /// What is known of a row while it runs.
    private record State(
            Map<String, Contestant> running,
            Map<String, List<Sample>> samples,
            Map<String, Double> allocated,
            Map<String, Map<String, Long>> faults) {

        State() {
            this(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
        }
    }

    /// Runs `row` with `baseline` and `others`. A contestant that fails takes no further part. An interrupt
    /// ends it with the rounds that were whole, and stays set.
    Outcome run(LoadRow row, Peer baseline, List<Peer> others) {
        var state = new State();
        try {
            start(row, baseline.name(), baseline, state);
            start(row, baseline.name() + AGAIN, baseline, state);
            for (var peer : others) start(row, peer.name(), peer, state);
            for (var entry : List.copyOf(state.running.entrySet())) {
                attempt(row, entry.getKey(), state, () -> entry.getValue().warmUp(warmup));
            }
            for (int round = 1; round <= rounds; round++) round(row, round, state);
            for (var entry : state.running.entrySet()) {
                var contestant = entry.getValue();
                if (contestant.isJava()) state.allocated.put(entry.getKey(), contestant.allocatedPerMessage());
            }
        } catch (InterruptedException e) {
            log.accept(row.name() + ": cut short");
            Thread.currentThread().interrupt();
        } finally {
            state.running.forEach((name, contestant) -> {
                if (!contestant.faults().isEmpty()) state.faults.put(name, contestant.faults());
                contestant.close();
            });
        }
        return outcome(row, baseline.name(), state);
    }

    /// Ratios are to the baseline, so without it there is nothing to tell.
    private static Outcome outcome(LoadRow row, String baseline, State state) {
        if (state.samples.containsKey(baseline)) {
            return new RowResult(row, baseline, state.samples, state.allocated, state.faults);
        }
        var why = state.faults.getOrDefault(baseline, Map.of());
        return new NotRun(row.name(), why.isEmpty() ? "cut short in its first round" : baseline + ": " + why.keySet());
    }

    private void round(LoadRow row, int round, State state) throws InterruptedException {
        var running = List.copyOf(state.running.entrySet());
        var taken = new HashMap<String, Sample>();
        for (var entry : round % 2 == 1 ? running : running.reversed()) {
            var name = entry.getKey();
            attempt(row, name, state, () -> {
                var sample = entry.getValue().sample(LEAD_IN, duration);
                taken.put(name, sample);
                log.accept(row.name() + " round " + round + " of " + rounds + ", " + name + ": "
                        + sample.brief(row.unit()));
            });
        }
        // Only now, so that a round that is cut short is not half there.
        for (var entry : running) {
            var sample = taken.get(entry.getKey());
            if (sample != null)
                state.samples
                        .computeIfAbsent(entry.getKey(), _ -> new ArrayList<>())
                        .add(sample);
        }
    }

    private interface Step {
        void take() throws IOException, InterruptedException;
    }

    private void start(LoadRow row, String name, Peer peer, State state) throws InterruptedException {
        attempt(
                row,
                name,
                state,
                () -> state.running.put(name, new Contestant(row, PeerProcess.start(peer, bench.serverPinning()))));
    }

    private void attempt(LoadRow row, String name, State state, Step step) throws InterruptedException {
        try {
            step.take();
        } catch (IOException e) {
            // What an interrupt does to a socket looks like a failure of the peer.
            if (Thread.interrupted()) throw new InterruptedException();
            log.accept(row.name() + ", " + name + " is out: " + e.getMessage());
            var faults = new LinkedHashMap<>(Map.of(Cells.reason(e), 1L));
            var failed = state.running.remove(name);
            if (failed != null) {
                faults.putAll(failed.faults());
                failed.close();
            }
            state.faults.put(name, faults);
        }
    }
}
