package io.hawser.benchmarks;

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

    /// What went wrong with each server, by kind.
    Stream<Map<String, Long>> errors();

    /// Whether every answer was right and every server ran to the end.
    default boolean clean() {
        return errors().allMatch(Map::isEmpty);
    }
}
