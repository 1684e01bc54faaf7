package io.hawser.hub.bench;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Formatter;
import java.util.Locale;

/// A drawing of figures over an axis, as SVG that takes its colours from the page around it.
///
/// Units: those of the drawing are 720 across and 280 down.
final class Plot {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 280;
    private static final int LEFT = 76;
    private static final int RIGHT = 12;
    private static final int TOP = 12;
    private static final int BOTTOM = 34;
    private static final int LINES = 4;
    private static final double[] ROUND = {1, 2, 2.5, 5};

    private final Formatter svg = new Formatter(Locale.ROOT);
    private final StringBuilder path = new StringBuilder();

    /// @param what it shows, for those who do not see it
    Plot(String what) {
        svg.format(
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n", WIDTH, HEIGHT, ReportHtml.text(what));
    }

    /// A level line with its name.
    ///
    /// @param share of the height, from 0 at the bottom to 1
    Plot level(double share, String name) {
        svg.format("<line class=\"grid\" x1=\"%d\" x2=\"%d\" ", LEFT, WIDTH - RIGHT);
        svg.format("y1=\"%1$.1f\" y2=\"%1$.1f\"/>", y(share));
        svg.format("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">", LEFT - 8, y(share) + 4);
        svg.format("%s</text>%n", ReportHtml.text(name));
        return this;
    }

    /// A name below the axis.
    ///
    /// @param share of the width, from 0 to 1
    Plot mark(double share, String name) {
        String anchor = share < 0.03 ? "start" : share > 0.97 ? "end" : "middle";
        svg.format("<text x=\"%.1f\" y=\"%d\" text-anchor=\"%s\">", x(share), HEIGHT - BOTTOM + 20, anchor);
        svg.format("%s</text>%n", ReportHtml.text(name));
        return this;
    }

    /// Even levels from nothing to `most`.
    Plot levels(double most, String unit) {
        for (int i = 0; i <= LINES; i++) level(i / (double) LINES, number(most * i / LINES) + unit);
        return this;
    }

    /// A bar that says `name` to a pointer.
    Plot bar(double from, double to, double height, String name) {
        double top = y(height);
        svg.format("<rect class=\"bar\" x=\"%.1f\" width=\"%.1f\" ", x(from) + 0.5, Math.max(0.5, x(to) - x(from) - 1));
        svg.format("y=\"%.1f\" height=\"%.1f\">", top, HEIGHT - BOTTOM - top);
        svg.format("<title>%s</title></rect>%n", ReportHtml.text(name));
        return this;
    }

    /// A part of the ground that says `name` to a pointer.
    Plot shade(double from, double to, String name) {
        svg.format("<rect class=\"shade\" x=\"%.1f\" width=\"%.1f\" ", x(from), x(to) - x(from));
        svg.format("y=\"%d\" height=\"%d\">", TOP, HEIGHT - TOP - BOTTOM);
        svg.format("<title>%s</title></rect>%n", ReportHtml.text(name));
        return this;
    }

    /// The next point of the one line.
    Plot point(double across, double up) {
        path.append(path.isEmpty() ? 'M' : 'L').append(String.format(Locale.ROOT, "%.1f %.1f", x(across), y(up)));
        return this;
    }

    /// All of it.
    String draw() {
        if (!path.isEmpty()) svg.format("<path class=\"line\" d=\"%s\"/>%n", path);
        return svg.format("</svg>%n").toString();
    }

    /// The end of an axis that holds `most` and whose lines have round numbers.
    static double end(double most) {
        double least = Math.max(most, Double.MIN_NORMAL) / LINES;
        double ten = Math.pow(10, Math.floor(Math.log10(least)));
        for (double step : ROUND) {
            if (step * ten >= least) return step * ten * LINES;
        }
        return 10 * ten * LINES;
    }

    /// A number as people write it on an axis.
    static String number(double value) {
        if (value >= 1e6) return String.format(Locale.ROOT, "%.3g M", value / 1e6);
        return value >= 100 || value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%.2g", value);
    }

    /// A percentage with all of its nines.
    static String percent(double value) {
        return new BigDecimal(value)
                        .round(new MathContext(9))
                        .stripTrailingZeros()
                        .toPlainString() + " %";
    }

    private static double x(double share) {
        return LEFT + share * (WIDTH - LEFT - RIGHT);
    }

    private static double y(double share) {
        return HEIGHT - BOTTOM - Math.clamp(share, 0, 1) * (HEIGHT - TOP - BOTTOM);
    }
}
