package io.hawser.hub.bench;

import io.hawser.hub.bench.Distribution.Mark;
import io.hawser.hub.bench.Distribution.Step;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/// A report as one page with plots, which needs nothing from elsewhere.
public final class ReportHtml {
    @SuppressWarnings("InlineFormatString") // it is long
    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>%1$s</title>
            <style>
            :root { color-scheme: light dark; --text: light-dark(#16202b, #e4e9ee); --muted: light-dark(#586574, #9aa8b5);
              --accent: light-dark(#0f766e, #2bb3a5); --line: light-dark(#e3e6ea, #28323c); --page: light-dark(#fff, #0e1318); }
            body { font: 15px/1.5 system-ui, sans-serif; color: var(--text); background: var(--page); max-width: 760px;
              margin: 32px auto; padding: 0 20px; }
            h1 { font-size: 20px; } h2 { font-size: 15px; margin: 32px 0 8px; }
            pre { font: 13px/1.5 ui-monospace, monospace; border-left: 3px solid var(--accent); padding: 4px 0 4px 14px;
              overflow-x: auto; }
            svg { width: 100%%; height: auto; font-size: 11px; } svg text { fill: var(--muted); }
            .grid { stroke: var(--line); } .bar { fill: var(--accent); } .shade { fill: var(--line); opacity: 0.6; }
            .line { fill: none; stroke: var(--accent); stroke-width: 2; stroke-linejoin: round; }
            footer { color: var(--muted); font-size: 13px; margin-top: 32px; }
            </style>
            </head>
            <body>
            <main>
            <h1>%1$s</h1>
            <pre tabindex="0" role="region" aria-label="The report">%2$s</pre>
            <h2>How long answers took</h2>
            %3$s
            <h2>How long all but the slowest took</h2>
            %4$s
            <h2>Answers a second</h2>
            %5$s
            </main>
            <footer>%6$s</footer>
            </body>
            </html>
            """;

    private ReportHtml() {}

    /// A run under load.
    ///
    /// @param made what made it, and when
    public static String of(LoadReport report, String made, Instant when) {
        String title = "Load on " + report.protocol() + " " + report.target();
        return PAGE.formatted(
                text(title),
                text(ReportText.of(report)),
                spread(report.distribution().steps()),
                percentiles(report.distribution().marks()),
                course(report),
                text(made + ", " + when.truncatedTo(ChronoUnit.SECONDS)));
    }

    /// `plain` between tags and in attributes.
    static String text(String plain) {
        return plain.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String spread(List<Step> steps) {
        Plot plot = new Plot("answers by how long they took");
        long all = Math.max(1, steps.stream().mapToLong(Step::count).sum());
        double most = Plot.end(steps.stream().mapToLong(Step::count).max().orElse(1) * 100.0 / all);
        plot.levels(most, " %");
        int labelled = Math.max(1, (steps.size() + 7) / 8);
        for (int i = 0; i < steps.size(); i++) {
            double from = i / (double) steps.size();
            double to = (i + 1) / (double) steps.size();
            Step step = steps.get(i);
            double share = step.count() * 100.0 / all;
            plot.bar(
                    from,
                    to,
                    share / most,
                    String.format(Locale.ROOT, "up to %s: %.2f %%", time(step.upToNanos()), share));
            if (i % labelled == 0) plot.mark((from + to) / 2, time(step.upToNanos()));
        }
        return plot.draw();
    }

    /// As far to the right as it is rare: 90, 99 and 99.9 percent are as far from each other.
    private static String percentiles(List<Mark> marks) {
        Plot plot = new Plot("latency by percentile");
        List<Mark> known = marks.stream().filter(mark -> mark.percent() < 100).toList();
        if (known.isEmpty()) return plot.draw();
        double nines = Math.max(1, nines(known.getLast().percent()));
        double most = Plot.end((double) Math.max(1, known.getLast().nanos()));
        for (int i = 0; i <= 4; i++) plot.level(i / 4.0, time((long) (most * i / 4)));
        for (int i = 0; i <= nines + 1e-6; i++) {
            plot.mark(i / nines, i == 0 ? "0 %" : Plot.percent(100 - 100 / Math.pow(10, i)));
        }
        for (Mark mark : known) plot.point(nines(mark.percent()) / nines, mark.nanos() / most);
        return plot.draw();
    }

    private static double nines(double percent) {
        return -Math.log10(1 - percent / 100);
    }

    private static String course(LoadReport report) {
        Plot plot = new Plot("answers a second over the time of the run");
        List<Course.Point> points = report.course().points();
        double last = points.isEmpty() ? 1 : points.getLast().seconds();
        double most = Plot.end(
                points.stream().mapToDouble(Course.Point::perSecond).max().orElse(1));
        double warm = report.config().warmup().toNanos() / 1e9;
        if (warm > 0) plot.shade(0, Math.min(1, warm / last), "warm-up, which is not measured");
        plot.levels(most, "");
        for (int i = 0; i <= 4; i++) plot.mark(i / 4.0, String.format(Locale.ROOT, "%.3g s", last * i / 4));
        for (Course.Point point : points) plot.point(point.seconds() / last, point.perSecond() / most);
        return plot.draw();
    }

    private static String time(long nanos) {
        if (nanos < 1_000_000) return String.format(Locale.ROOT, "%.3g µs", nanos / 1e3);
        return nanos < 1_000_000_000
                ? String.format(Locale.ROOT, "%.3g ms", nanos / 1e6)
                : String.format(Locale.ROOT, "%.3g s", nanos / 1e9);
    }
}
