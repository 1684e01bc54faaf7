package io.hawser.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/// What all rounds of one row gave, by contestant in the order in which they took turns.
///
/// @param baseline the contestant that ratios are taken to
/// @param samples one for each round; fewer of a contestant that failed, or of all when the row was cut short
/// @param allocatedBytesPerMessage of those that are JVMs
/// @param faults everything that went wrong with each contestant that had any, warm-up included, by kind
record RowResult(
        LoadRow row,
        String baseline,
        Map<String, List<Sample>> samples,
        Map<String, Double> allocatedBytesPerMessage,
        Map<String, Map<String, Long>> faults)
        implements Outcome {

    RowResult {
        samples = new LinkedHashMap<>(samples);
    }

    String title() {
        return row.title();
    }

    String unit() {
        return row.unit();
    }

    @Override
    public String toMarkdown() {
        return MarkdownReport.of(this);
    }

    @Override
    public String how(int rounds, Duration duration, Duration warmup) {
        return rounds + " rounds of " + duration.toMillis() + " ms after " + warmup.toMillis()
                + " ms of processor time";
    }

    @Override
    public Stream<Map<String, Long>> errors() {
        return faults.values().stream();
    }

    Spread spread(String contestant, ToDoubleFunction<Sample> figure) {
        return Spread.of(of(contestant).stream().map(figure::applyAsDouble).toList());
    }

    /// The ratio to the baseline, taken within each round, so that what slows a whole round does not count.
    Spread ratio(String contestant, ToDoubleFunction<Sample> figure) {
        var ratios = new ArrayList<Double>();
        for (int round = 0; round < of(contestant).size(); round++) {
            var base = of(baseline).get(round);
            ratios.add(figure.applyAsDouble(of(contestant).get(round)) / figure.applyAsDouble(base));
        }
        return Spread.of(ratios);
    }

    private List<Sample> of(String contestant) {
        return samples.getOrDefault(contestant, List.of());
    }
}
