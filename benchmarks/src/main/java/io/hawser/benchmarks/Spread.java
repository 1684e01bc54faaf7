package io.hawser.benchmarks;

import java.util.Collection;
import java.util.Locale;

/// The median of some rounds with the lowest and the highest.
record Spread(double median, double min, double max) {

    static Spread of(Collection<Double> values) {
        if (values.isEmpty()) throw new IllegalArgumentException("a spread of nothing");
        var sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }

    /// For a table: `median (min-max)` with so many decimals.
    String format(int decimals) {
        var number = "%,." + decimals + "f";
        return String.format(Locale.ROOT, number + " (" + number + "-" + number + ")", median, min, max);
    }
}
