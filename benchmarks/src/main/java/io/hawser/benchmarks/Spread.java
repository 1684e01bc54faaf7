package io.hawser.benchmarks;

import java.util.Collection;
import java.util.function.DoubleFunction;

/// The median of some rounds with the lowest and the highest; NaN where no round gave a figure.
record Spread(double median, double min, double max) {
    private static final Spread NONE = new Spread(Double.NaN, Double.NaN, Double.NaN);

    /// Rounds without a figure do not count: what went wrong in them is told beside it.
    static Spread of(Collection<Double> values) {
        var sorted = values.stream()
                .mapToDouble(Double::doubleValue)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        if (sorted.length == 0) return NONE;
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }

    /// For a table: `median (min-max)` with so many decimals, and nothing where there is no figure.
    String format(int decimals) {
        return format(value -> Cells.number(value, decimals));
    }

    String format(DoubleFunction<String> number) {
        if (Double.isNaN(median)) return "";
        return number.apply(median) + " (" + number.apply(min) + "-" + number.apply(max) + ")";
    }
}
