package io.hawser.conformance.soak;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// How a figure goes in the second half of a run: by the slope in the middle of those between any two
/// samples (Theil and Sen), which a few samples that are far off do not move.
///
/// @param usual the figure in the middle
/// @param growth what the slope makes of the whole half
record Trend(double usual, double growth) {
    /// The trend of the later half of `samples`.
    static Trend of(List<Sample> samples, ToDoubleFunction<Sample> figure) {
        List<Sample> half = samples.subList(samples.size() / 2, samples.size());
        int count = half.size();
        double[] slopes = new double[count * (count - 1) / 2];
        int at = 0;
        for (int i = 0; i < count; i++) {
            for (int j = i + 1; j < count; j++) {
                double seconds = half.get(j).seconds() - half.get(i).seconds();
                slopes[at++] = (figure.applyAsDouble(half.get(j)) - figure.applyAsDouble(half.get(i))) / seconds;
            }
        }
        double span = count < 2 ? 0 : half.getLast().seconds() - half.getFirst().seconds();
        double[] figures = half.stream().mapToDouble(figure).toArray();
        return new Trend(median(figures), slopes.length == 0 ? 0 : median(slopes) * span);
    }

    private static double median(double[] values) {
        if (values.length == 0) return Double.NaN;
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// Whether it does not grow by more than `measure` allows. What is not known is flat.
    boolean isFlat(Measure measure) {
        return Double.isNaN(growth) || growth <= measure.tolerance(usual);
    }
}
