package io.hawser.benchmarks;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

/// A row of which nothing is known.
///
/// @param why in a few words
record NotRun(String row, String why) implements Outcome {
    @Override
    public String toMarkdown() {
        return "### " + row + "\n\nDid not run: " + why + "\n\n";
    }

    @Override
    public String how(int rounds, Duration duration, Duration warmup) {
        return "did not run";
    }

    @Override
    public Stream<Map<String, Long>> errors() {
        return Stream.of(Map.of(why, 1L));
    }
}
