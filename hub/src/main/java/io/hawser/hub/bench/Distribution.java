package io.hawser.hub.bench;

import java.util.ArrayList;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/// How latencies are spread: in steps that are each half again as long as the one before.
///
/// @param steps from the first that was measured to the last
/// @param marks what so many of a hundred did not take longer than, ever closer to all of them
public record Distribution(List<Step> steps, List<Mark> marks) {
    /// How many answers took at most so long, and longer than the step before.
    public record Step(long upToNanos, long count) {}

    /// So many percent took at most so long.
    public record Mark(double percent, long nanos) {}

    private static final int MARKS_A_HALVING = 4;
    private static final long FIRST_NANOS = 1_000;
    private static final double FACTOR = 1.5;
    private static final int WIDTH = 50;
    /// Eighths of a character.
    private static final String EIGHTHS = " ▏▎▍▌▋▊▉";

    private static final char FULL = '█';

    public Distribution {
        steps = List.copyOf(steps);
        marks = List.copyOf(marks);
    }

    /// Of what was not looked at.
    public static Distribution none() {
        return new Distribution(List.of(), List.of());
    }

    static Distribution of(Histogram histogram) {
        List<Step> steps = new ArrayList<>();
        for (HistogramIterationValue value : histogram.logarithmicBucketValues(FIRST_NANOS, FACTOR)) {
            long count = value.getCountAddedInThisIterationStep();
            if (count > 0 || !steps.isEmpty()) steps.add(new Step(value.getValueIteratedTo(), count));
        }
        while (!steps.isEmpty() && steps.getLast().count() == 0) steps.removeLast();
        List<Mark> marks = new ArrayList<>();
        for (HistogramIterationValue value : histogram.percentiles(MARKS_A_HALVING)) {
            marks.add(new Mark(value.getPercentileLevelIteratedTo(), value.getValueIteratedTo()));
        }
        return new Distribution(steps, marks);
    }

    /// A bar for each step, as long as its share of the largest: for a terminal.
    String draw() {
        long most = steps.stream().mapToLong(Step::count).max().orElse(1);
        long all = Math.max(1, steps.stream().mapToLong(Step::count).sum());
        try (var text = new Formatter(Locale.ROOT)) {
            for (Step step : steps) {
                double share = 100.0 * step.count() / all;
                text.format("  %10s  %-" + WIDTH + "s %5.1f %%%n", micros(step), bar(step.count(), most), share);
            }
            return text.toString();
        }
    }

    private static String micros(Step step) {
        return String.format(Locale.ROOT, "%,.0f us", step.upToNanos() / 1e3);
    }

    /// What happened at all is seen: the least is an eighth of a character.
    private static String bar(long count, long most) {
        if (count == 0) return "";
        int eighths = (int) Math.max(1, Math.round(8.0 * WIDTH * count / most));
        String full = String.valueOf(FULL).repeat(eighths / 8);
        return eighths % 8 == 0 ? full : full + EIGHTHS.charAt(eighths % 8);
    }
}
