package io.hawser.benchmarks;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// The cells of a table in Markdown.
final class Cells {
    private static final int KIB = 1024;
    private static final double MIB = 1 << 20;

    private Cells() {}

    static void cell(StringBuilder text, String value) {
        text.append(" | ").append(value);
    }

    /// Nothing where there is no figure.
    static String number(double value, int decimals) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    static String mebibytes(double bytes, int decimals) {
        return number(bytes / MIB, decimals);
    }

    static String faults(Map<String, Long> faults) {
        return faults.isEmpty() ? "none" : faults.toString().replace('|', '/');
    }

    /// What went wrong, in one line: not every exception has a message.
    static String reason(Throwable e) {
        return Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName())
                .lines()
                .findFirst()
                .orElse("failed");
    }

    static String plural(String unit) {
        return unit.endsWith("y") ? unit.substring(0, unit.length() - 1) + "ies" : unit + "s";
    }

    static String connections(int count) {
        return count == 1 ? "1 connection" : number(count, 0) + " connections";
    }

    static String size(int bytes) {
        return bytes < KIB ? bytes + " B" : number(bytes / (double) KIB, 0) + " KiB";
    }
}
