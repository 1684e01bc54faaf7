package io.hawser.benchmarks;

import java.util.List;
import java.util.Locale;

/// The ratios of processor time as bars, in SVG: a group for each row, a line at the baseline.
final class RatioPlot {
    private static final int WIDTH = 860;
    private static final int LABELS = 230;
    private static final int FIGURES = 110;
    private static final int BARS = WIDTH - LABELS - FIGURES;
    private static final int BAR_HEIGHT = 14;
    private static final int BAR_STEP = 20;
    private static final int HEAD = 34;
    private static final int MARGIN = 10;
    /// Longer bars are cut: the figure beside them says how long they are.
    private static final double LONGEST = 4;

    private static final String OURS = "#0b7285";
    private static final String OTHERS = "#adb5bd";

    private final StringBuilder svg = new StringBuilder();
    private int y = MARGIN;

    private RatioPlot() {}

    /// All rows, one below the other.
    static String of(List<RowResult> results) {
        var plot = new RatioPlot();
        for (var result : results) plot.row(result);
        return plot.whole();
    }

    private String whole() {
        int height = y + MARGIN;
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" \
                font-family="sans-serif" font-size="12">
                <title>Server CPU, as a ratio to the baseline of each row</title>
                <rect width="100%%" height="100%%" fill="#ffffff"/>
                %s</svg>
                """.formatted(WIDTH, height, WIDTH, height, svg);
    }

    private void row(RowResult result) {
        text(MARGIN, y + 16, "font-weight=\"bold\"", result.row().title());
        text(MARGIN, y + 30, "fill=\"#495057\"", "server CPU, ratio to " + result.baseline() + "; shorter is better");
        y += HEAD;
        int top = y;
        for (var name : result.samples().keySet()) {
            bar(name, result.ratio(name, Sample::serverCpuMicros));
            y += BAR_STEP;
        }
        line(x(1), top, x(1), y, "#212529");
        y += MARGIN;
    }

    private void bar(String name, Spread ratio) {
        text(MARGIN, y + BAR_HEIGHT - 2, "", name);
        if (Double.isNaN(ratio.median())) {
            text(LABELS, y + BAR_HEIGHT - 2, "fill=\"#495057\"", "did not run");
            return;
        }
        var colour = name.startsWith("hawser") ? OURS : OTHERS;
        svg.append("<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>\n"
                .formatted(LABELS, y, x(ratio.median()) - LABELS, BAR_HEIGHT, colour));
        line(x(ratio.min()), y + BAR_HEIGHT / 2, x(ratio.max()), y + BAR_HEIGHT / 2, "#495057");
        text(WIDTH - FIGURES + MARGIN, y + BAR_HEIGHT - 2, "", String.format(Locale.ROOT, "%.2f", ratio.median()));
    }

    private static int x(double ratio) {
        return LABELS + (int) Math.round(Math.min(ratio, LONGEST) / LONGEST * BARS);
    }

    private void line(int x1, int y1, int x2, int y2, String colour) {
        svg.append("<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"%s\"/>\n".formatted(x1, y1, x2, y2, colour));
    }

    private void text(int x, int baseline, String attributes, String text) {
        var escaped = text.replace("&", "&amp;").replace("<", "&lt;");
        svg.append("<text x=\"%d\" y=\"%d\" %s>%s</text>\n".formatted(x, baseline, attributes, escaped));
    }
}
