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
                case StallRow stall -> {
                    var one = new Stall(bench, stall, rounds, warmup, duration, log);
                    yield new StallOutcome(stall.load(), eachAlone(row, contestants, one::measure));
                }
                case CrowdRow crowd -> {
                    var one = new Crowd(bench, crowd, warmup, duration);
                    yield new CrowdOutcome(crowd.threads(), eachAlone(row, contestants, one::measure));
                }
                case IdleRow idle -> {
                    var one = new IdleMemory(bench, idle.kind());
                    yield new IdleOutcome(row.name(), eachAlone(row, contestants, one::measure));
                }
            };
        } catch (IOException | RuntimeException e) {
            log.accept(row.name() + ": " + e);
            return new NotRun(row.name(), Cells.reason(e));
        }
    }

    private interface Measurement<T> {
        T of(Peer peer) throws InterruptedException;
    }

    /// One after the other; those that are done when an interrupt comes.
    private <T> List<T> eachAlone(Row row, List<Peer> peers, Measurement<T> measurement) {
        var results = new ArrayList<T>();
        try {
            for (var peer : peers) {
                log.accept(row.name() + ": " + peer.name());
                results.add(measurement.of(peer));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return results;
    }
}
