package io.hawser.conformance.soak;

import java.util.Locale;

/// Both processes at one moment.
///
/// @param seconds of the run, without those for which it was stopped
record Sample(double seconds, Vitals hub, Vitals clients) {
    /// What [#toLine()] has in its columns.
    static String heading() {
        StringBuilder line = new StringBuilder("seconds");
        for (String of : new String[] {"hub", "clients"}) {
            for (Measure measure : Measure.values())
                line.append('\t').append(of).append(' ').append(measure.title());
        }
        return line.toString();
    }

    String toLine() {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%.0f", seconds));
        for (Vitals vitals : new Vitals[] {hub, clients}) {
            for (Measure measure : Measure.values()) {
                line.append(String.format(Locale.ROOT, "\t%.2f", vitals.of(measure)));
            }
        }
        return line.toString();
    }
}
