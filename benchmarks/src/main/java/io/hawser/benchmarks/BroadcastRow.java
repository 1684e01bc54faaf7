package io.hawser.benchmarks;

import io.hawser.benchmarks.broadcast.BroadcastLoad;
import io.hawser.benchmarks.broadcast.BroadcastReport;
import io.hawser.benchmarks.broadcast.BroadcastRun;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/// A row of broadcasts; what is counted is each delivery to each subscriber.
record BroadcastRow(String name, BroadcastLoad load) implements LoadRow {
    private static final double NANOS_PER_MICRO = 1e3;
    private static final double NANOS_PER_SECOND = 1e9;

    @Override
    public String title() {
        return String.format(
                Locale.ROOT,
                "Broadcast of %s to %,d subscribers, %d under way at once%s",
                MarkdownReport.size(load.payloadBytes()),
                load.subscribers(),
                load.window(),
                load.isStalled() ? ", and one more who does not read" : "");
    }

    @Override
    public String unit() {
        return "delivery";
    }

    @Override
    public Trial run(PeerProcess server, Duration warmup, Duration duration) throws IOException, InterruptedException {
        var dialect = BroadcastPeers.dialect(server.peer());
        try (var run = BroadcastRun.connect(dialect, server.address(), server.pid(), load)) {
            var report = run.run(warmup, duration);
            return new Trial(sample(report), report.deliveries(), report.faults());
        } catch (IOException e) {
            return new Trial(Sample.NONE, 0, Map.of(String.valueOf(e.getMessage()), 1L));
        }
    }

    private static Sample sample(BroadcastReport report) {
        double count = Math.max(1, report.deliveries());
        return new Sample(
                report.deliveries() * NANOS_PER_SECOND / report.wallNanos(),
                report.serverNanos() / NANOS_PER_MICRO / count,
                report.clientNanos() / NANOS_PER_MICRO / count,
                micros(report, 50),
                micros(report, 99),
                micros(report, 99.9),
                (double) report.serverNanos() / report.wallNanos(),
                (double) report.clientNanos() / report.wallNanos(),
                0);
    }

    private static double micros(BroadcastReport report, double percentile) {
        return report.latency().getValueAtPercentile(percentile) / NANOS_PER_MICRO;
    }
}
