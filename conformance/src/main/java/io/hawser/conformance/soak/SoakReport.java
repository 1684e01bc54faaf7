package io.hawser.conformance.soak;

import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/// A run as Markdown.
final class SoakReport {
    private SoakReport() {}

    static String of(SoakResult result) {
        Formatter text = new Formatter(Locale.ROOT);
        text.format(
                "%.1f minutes, %d samples, each after a full collection. Growth is that of the second half, by the ",
                result.lasted().toMillis() / 60e3, result.samples().size());
        text.format("median of all slopes; in parentheses the most that passes.%n%n");
        text.format("| | hub before | hub, median | growth | hub at rest | clients, median | growth |%n");
        text.format("|---|---|---|---|---|---|---|%n");
        for (Measure measure : Measure.values()) {
            Trend hub = result.hub(measure);
            Trend clients = result.clients(measure);
            String unit = measure.unit().isEmpty() ? "" : ", " + measure.unit();
            text.format("| %s%s ", measure.title(), unit);
            text.format("| %.1f | %.1f | %s ", result.before().of(measure), hub.usual(), growth(measure, hub));
            text.format("| %.1f ", result.after().hub().of(measure));
            text.format("| %.1f | %s |%n", clients.usual(), growth(measure, clients));
        }
        text.format("%n| what was done | |%n|---|---|%n");
        new TreeMap<>(result.counts()).forEach((name, count) -> text.format("| %s | %,d |%n", name, count));
        List<String> faults = result.faults();
        text.format("%n%s%n", faults.isEmpty() ? "All was as it must be." : "Not as it must be:");
        for (String fault : faults) text.format("- %s%n", fault);
        if (!result.isLongEnough()) text.format("Too short to say whether anything grows.%n");
        return text.toString();
    }

    private static String growth(Measure measure, Trend trend) {
        return String.format(Locale.ROOT, "%+.2f (%.1f)", trend.growth(), measure.tolerance(trend.usual()));
    }
}
