package io.hawser.conformance.soak;

import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// The samples of a run as SVG: a panel for each measure, a line for each process.
final class SoakPlot {
    private static final int WIDTH = 760;
    private static final int PANEL = 120;
    private static final int LEFT = 70;
    private static final int RIGHT = 20;
    private static final int TOP = 40;
    private static final int INNER = 84;
    private static final String HUB = "#0b7285";
    private static final String CLIENTS = "#e8590c";

    private final Formatter svg = new Formatter(Locale.ROOT);
    private final List<Sample> samples;
    private final double seconds;

    private SoakPlot(List<Sample> samples) {
        this.samples = samples;
        this.seconds = samples.isEmpty() ? 1 : Math.max(1, samples.getLast().seconds());
    }

    static String of(List<Sample> samples) {
        return new SoakPlot(samples).draw();
    }

    private String draw() {
        int height = TOP + Measure.values().length * PANEL + 24;
        svg.format("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$d\" height=\"%2$d\" ", WIDTH, height);
        svg.format("viewBox=\"0 0 %1$d %2$d\" font-family=\"sans-serif\" font-size=\"12\">%n", WIDTH, height);
        svg.format("<title>What hub and clients held during the soak</title>%n");
        svg.format("<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>%n");
        text(LEFT, 20, HUB, "start", "hub");
        text(LEFT + 40, 20, CLIENTS, "start", "clients");
        int top = TOP;
        for (Measure measure : Measure.values()) {
            panel(measure, top);
            top += PANEL;
        }
        for (int i = 0; i <= 4; i++) {
            String minutes = String.format(Locale.ROOT, "%.0f min", seconds * i / 4 / 60);
            text(LEFT + i * (WIDTH - LEFT - RIGHT) / 4, top + 4, "#495057", "middle", minutes);
        }
        return svg.format("</svg>%n").toString();
    }

    private void panel(Measure measure, int top) {
        double most = samples.stream()
                .mapToDouble(
                        each -> Math.max(each.hub().of(measure), each.clients().of(measure)))
                .filter(Double::isFinite)
                .max()
                .orElse(1);
        double scale = Math.max(most, 1e-9) * 1.1;
        text(LEFT, top + 10, "#212529", "start", measure.title());
        for (int i = 0; i <= 2; i++) {
            int y = top + 16 + INNER - i * INNER / 2;
            svg.format(
                    "<line x1=\"%d\" x2=\"%d\" y1=\"%3$d\" y2=\"%3$d\" stroke=\"#dee2e6\"/>%n", LEFT, WIDTH - RIGHT, y);
            String number = String.format(Locale.ROOT, "%.4g %s", scale * i / 2, measure.unit());
            text(LEFT - 6, y + 4, "#495057", "end", number.strip());
        }
        line(top, scale, HUB, each -> each.hub().of(measure));
        line(top, scale, CLIENTS, each -> each.clients().of(measure));
    }

    private void line(int top, double scale, String colour, ToDoubleFunction<Sample> figure) {
        StringBuilder path = new StringBuilder();
        for (Sample each : samples) {
            double value = figure.applyAsDouble(each);
            if (Double.isNaN(value)) continue;
            double x = LEFT + each.seconds() / seconds * (WIDTH - LEFT - RIGHT);
            double y = top + 16 + INNER - value / scale * INNER;
            path.append(String.format(Locale.ROOT, "%s%.1f %.1f", path.isEmpty() ? "M" : "L", x, y));
        }
        if (!path.isEmpty()) {
            svg.format("<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\"/>%n", path, colour);
        }
    }

    private void text(int x, int y, String colour, String anchor, String text) {
        svg.format("<text x=\"%d\" y=\"%d\" fill=\"%s\" text-anchor=\"%s\">%s</text>%n", x, y, colour, anchor, text);
    }
}
