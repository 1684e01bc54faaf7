package io.hawser.conformance.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What came of a run.
///
/// @param lasted without the time for which it was stopped
/// @param before the hub before anyone came
/// @param after both when all clients had gone
/// @param counts of what the clients did
/// @param wrong what was not as it must be, the first of it
record SoakResult(
        Duration lasted,
        List<Sample> samples,
        Vitals before,
        Sample after,
        Map<String, Long> counts,
        List<String> wrong) {
    /// A run must be this long to say something of growth: before, caches and pools still fill.
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(20);

    /// What the selector of a loop, a compiler thread or a class file may still hold.
    private static final double MORE_DESCRIPTORS_AT_REST = 10;

    private static final double MORE_THREADS_AT_REST = 8;

    SoakResult {
        samples = List.copyOf(samples);
        counts = Map.copyOf(counts);
        wrong = List.copyOf(wrong);
    }

    boolean isLongEnough() {
        return lasted.compareTo(LONG_ENOUGH) >= 0;
    }

    Trend hub(Measure measure) {
        return Trend.of(samples, each -> each.hub().of(measure));
    }

    Trend clients(Measure measure) {
        return Trend.of(samples, each -> each.clients().of(measure));
    }

    /// Everything that is not as it must be; nothing where all is well.
    List<String> faults() {
        List<String> faults = new ArrayList<>(wrong);
        for (Measure measure : Measure.values()) {
            if (!isLongEnough()) break;
            if (!hub(measure).isFlat(measure)) faults.add("the hub's " + measure.title() + " grow");
            if (!clients(measure).isFlat(measure)) faults.add("the clients' " + measure.title() + " grow");
        }
        atRest(faults, Measure.DESCRIPTORS, MORE_DESCRIPTORS_AT_REST);
        atRest(faults, Measure.THREADS, MORE_THREADS_AT_REST);
        return faults;
    }

    private void atRest(List<String> faults, Measure measure, double more) {
        double left = after.hub().of(measure) - before.of(measure);
        if (left > more) faults.add("the hub at rest has " + (long) left + " more " + measure.title() + " than before");
    }
}
