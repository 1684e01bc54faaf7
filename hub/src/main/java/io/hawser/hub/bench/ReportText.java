package io.hawser.hub.bench;

import java.util.Formatter;
import java.util.Locale;
import java.util.Map;

/// Reports for people: a few lines, each with its line break.
public final class ReportText {
    private static final double NANOS_PER_MICRO = 1e3;

    private ReportText() {}

    /// A run under load.
    public static String of(LoadReport report) {
        var config = report.config();
        try (var text = new Formatter(Locale.ROOT)) {
            text.format("%s %s, ", report.protocol(), report.target());
            text.format("%d of %d connections, ", report.connected(), config.connections());
            text.format("window %d, batch %d, ", config.window(), config.batch());
            if (config.payloadBytes() > 0) text.format("payload %,d bytes, ", config.payloadBytes());
            else text.format("no payload, ");
            config.ratePerSecond()
                    .ifPresentOrElse(
                            rate -> text.format("open loop at %,d/s%n", rate), () -> text.format("closed loop%n"));
            text.format("  messages    %,d in ", report.messages());
            text.format("%.1f s: ", config.duration().toNanos() / 1e9);
            text.format("%,.0f/s, ", report.messagesPerSecond());
            text.format("%,.1f MB/s each way%n", report.bytesPerSecond() / 1e6);
            text.format("  latency us ");
            report.latency().toMicros().forEach((name, micros) -> text.format(" %s %,.1f", name, micros));
            text.format(config.ratePerSecond().isPresent() ? "   (from when each was due)%n" : "%n");
            text.format("  client CPU  %.3f us a message, ", report.clientCpuMicrosPerMessage());
            text.format("%.2f cores%n", report.clientCores());
            report.serverCpuMicrosPerMessage()
                    .ifPresent(micros -> text.format("  server CPU  %.3f us a message, ", micros));
            report.serverCores().ifPresent(cores -> text.format("%.2f cores%n", cores));
            if (report.unsent() > 0) {
                text.format("  NOT KEPT UP %,d messages were due and found no room%n", report.unsent());
            }
            faults(text, report.faults());
            return text.toString();
        }
    }

    /// What opening and closing connections gave.
    public static String churn(LoadReport report) {
        try (var text = new Formatter(Locale.ROOT)) {
            text.format("%s %s, ", report.protocol(), report.target());
            text.format("%d at a time, ", report.connected());
            text.format("payload %,d bytes%n", report.config().payloadBytes());
            text.format("  connections %,d opened, answered and closed in ", report.messages());
            text.format("%.1f s: ", report.config().duration().toNanos() / 1e9);
            text.format("%,.0f/s%n", report.messagesPerSecond());
            text.format("  answered us");
            report.latency().toMicros().forEach((name, micros) -> text.format(" %s %,.1f", name, micros));
            text.format("%n");
            faults(text, report.faults());
            return text.toString();
        }
    }

    /// How the latencies of a run are spread, drawn for a terminal.
    public static String distribution(LoadReport report) {
        return report.distribution().draw();
    }

    /// What holding connections gave.
    public static String of(HoldReport report) {
        var latency = report.latency();
        try (var text = new Formatter(Locale.ROOT)) {
            text.format("holding %,d of %,d connections ", report.established(), report.planned());
            text.format("to %s: opened %,.0f/s, ", report.target(), report.connectsPerSecond());
            text.format("answered within us p50 %,.0f ", latency.p50Nanos() / NANOS_PER_MICRO);
            text.format("p99 %,.0f ", latency.p99Nanos() / NANOS_PER_MICRO);
            text.format("max %,.0f%n", latency.maxNanos() / NANOS_PER_MICRO);
            faults(text, report.faults());
            return text.toString();
        }
    }

    private static void faults(Formatter text, Map<String, Long> faults) {
        if (faults.isEmpty()) {
            text.format("  errors      none%n");
        }
        faults.forEach((kind, count) -> text.format("  ERROR       %,d: %s%n", count, kind));
    }
}
