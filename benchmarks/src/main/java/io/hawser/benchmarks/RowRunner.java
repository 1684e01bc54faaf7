package io.hawser.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Runs rows of every kind. A row that fails is told as one, and the next can be run.
///
/// An interrupt ends a row with what there is of it, and stays set.
final class RowRunner {
    private final Workbench bench;
    private final HttpFiles files;
    private final int rounds;
    private final Duration warmup;
    private final Duration duration;
    private final Comparison comparison;
    private final Consumer<String> log;

    RowRunner(Workbench bench, HttpFiles files, int rounds, Duration warmup, Duration duration, Consumer<String> log) {
        this.bench = bench;
        this.files = files;
        this.rounds = rounds;
        this.warmup = warmup;
        this.duration = duration;
        this.comparison = new Comparison(bench, rounds, warmup, duration, log);
        this.log = log;
    }

    /// @param contestants the baseline first
    Outcome run(Row row, List<Peer> contestants) {
        if (contestants.isEmpty()) return new NotRun(row.name(), "none of its servers can run here");
        try {
            return switch (row) {
                case LoadRow load ->
                    comparison.run(load, contestants.getFirst(), contestants.subList(1, contestants.size()));
                case FileRow _ -> new BigFile(bench, files, rounds, log).run(contestants);
                case LargePostRow posts -> new LargePosts(bench, posts, rounds, log).run(contestants);
                case StartRow _ -> new StartTime(bench, rounds, log).run(contestants);
                case StallRow stall -> new Stall(bench, rounds, warmup, duration, log).run(stall, contestants);
                case CrowdRow crowd -> new Crowd(bench, warmup, duration, log).run(crowd, contestants);
                case IdleRow memory -> idle(memory, contestants);
            };
        } catch (IOException | RuntimeException e) {
            log.accept(row.name() + ": " + e);
            return new NotRun(row.name(), Cells.reason(e));
        }
    }

    private IdleOutcome idle(IdleRow row, List<Peer> peers) {
        var memory = new IdleMemory(bench, row.kind());
        var results = new ArrayList<IdleMemory.Result>();
        try {
            for (var peer : peers) {
                log.accept(row.name() + ": " + peer.name());
                results.add(memory.measure(peer));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new IdleOutcome(row.name(), results);
    }
}
