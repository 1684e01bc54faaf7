package io.hawser.benchmarks;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

/// What one row gave.
sealed interface Outcome
        permits RowResult,
                IdleOutcome,
                FileOutcome,
                LargePostOutcome,
                StartOutcome,
                StallOutcome,
                CrowdOutcome,
                NotRun {
    /// Its title and its table.
    String toMarkdown();

    /// How it was taken, of what was asked for: a part of a sentence.
    String how(int rounds, Duration duration, Duration warmup);

    /// What went wrong with each server, by kind.
    Stream<Map<String, Long>> errors();

    /// Whether every answer was right and every server ran to the end.
    default boolean clean() {
        return errors().allMatch(Map::isEmpty);
    }
}
