package io.hawser.hub.chaos;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/// Compares rounds in which something bad happened with those in which it did not.
final class Rounds {
    private Rounds() {}

    /// How many times higher `figure` was in the bad ones than in the others, by the medians of both.
    static <T> double ratio(List<T> rounds, Predicate<T> isBad, ToLongFunction<T> figure) {
        return median(rounds.stream().filter(isBad).mapToLong(figure).sorted().toArray())
                / median(rounds.stream()
                        .filter(isBad.negate())
                        .mapToLong(figure)
                        .sorted()
                        .toArray());
    }

    private static double median(long[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2.0;
    }

    static String millis(long nanos) {
        return "%.2f ms".formatted(nanos / 1e6);
    }
}
