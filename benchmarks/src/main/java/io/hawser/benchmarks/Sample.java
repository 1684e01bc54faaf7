package io.hawser.benchmarks;

import io.hawser.hub.bench.LoadReport;
import java.util.Locale;

/// What one round of one peer gave.
///
/// Units: as the names say; cores are processor time by wall time, so 1 is a core kept busy; `otherCores`
/// is what everybody else on the machine used.
record Sample(
        double messagesPerSecond,
        double serverCpuMicros,
        double clientCpuMicros,
        double p50Micros,
        double p99Micros,
        double p999Micros,
        double serverCores,
        double clientCores,
        double otherCores) {

    private static final double NANOS_PER_MICRO = 1e3;

    /// Of a server that answered nothing.
    static final Sample NONE = new Sample(0, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, 0, 0, 0);

    /// A server that answered nothing has no figures, rather than the best.
    static Sample of(LoadReport report) {
        if (report.messages() == 0) return NONE;
        return new Sample(
                report.messagesPerSecond(),
                report.serverCpuMicrosPerMessage().orElse(Double.NaN),
                report.clientCpuMicrosPerMessage(),
                report.latency().p50Nanos() / NANOS_PER_MICRO,
                report.latency().p99Nanos() / NANOS_PER_MICRO,
                report.latency().p999Nanos() / NANOS_PER_MICRO,
                report.serverCores().orElse(Double.NaN),
                report.clientCores(),
                0);
    }

    Sample withOtherCores(double cores) {
        return new Sample(
                messagesPerSecond,
                serverCpuMicros,
                clientCpuMicros,
                p50Micros,
                p99Micros,
                p999Micros,
                serverCores,
                clientCores,
                cores);
    }

    /// For a line of progress.
    String brief(String unit) {
        return String.format(
                Locale.ROOT,
                "%,.0f %s/s, server CPU %.3f us each",
                messagesPerSecond,
                Cells.plural(unit),
                serverCpuMicros);
    }
}
