package io.hawser.conformance.soak;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// How a figure goes in the second half of a run: by the slope in the middle of those between any two
/// samples (Theil and Sen), which a few samples that are far off do not move.
///
/// Source: P. K. Sen, Estimates of the regression coefficient based on Kendall's tau, 1968
///
/// @param usual the figure in the middle
/// @param growth what the slope makes of the whole half
/// @param least the same of the lowest slope that the samples allow for, of a hundred such runs 99 times
record Trend(double usual, double growth, double least) {
    /// Of the normal distribution, 99 in 100 are nearer to its middle.
    private static final double NORMAL_99 = 2.576;

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
        if (slopes.length == 0) return new Trend(median(figures), 0, 0);
        return new Trend(median(figures), median(slopes) * span, lowest(slopes, count) * span);
    }

    /// The lower end of the interval for the slope of `count` samples.
    private static double lowest(double[] slopes, int count) {
        double deviation = Math.sqrt(count * (count - 1.0) * (2.0 * count + 5) / 18);
        double rank = (slopes.length - NORMAL_99 * deviation) / 2;
        double[] sorted = slopes.clone();
        Arrays.sort(sorted);
        return sorted[Math.max(0, (int) rank)];
    }

    private static double median(double[] values) {
        if (values.length == 0) return Double.NaN;
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// Whether it does not grow by more than `measure` allows, or may as well not grow at all: some figures
    /// go up and down by more than that. What is not known is flat.
    boolean isFlat(Measure measure) {
        return Double.isNaN(growth) || growth <= measure.tolerance(usual) || least <= 0;
    }
}
