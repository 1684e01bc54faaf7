package io.hawser.benchmarks;

import io.hawser.benchmarks.broadcast.BroadcastLoad;
import io.hawser.benchmarks.broadcast.BroadcastReport;
import io.hawser.benchmarks.broadcast.BroadcastRun;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/// A row of one publisher and many subscribers; what is counted is each delivery to each of them.
///
/// @param what is done, for the title
record BroadcastRow(String name, String what, BroadcastLoad load) implements PacedRow {
    private static final double NANOS_PER_MICRO = 1e3;
    private static final double NANOS_PER_SECOND = 1e9;

    @Override
    public String title() {
        return String.format(
                Locale.ROOT,
                "%s of %s to %,d subscribers, %d under way at once",
                what,
                Cells.size(load.payloadBytes()),
                load.subscribers(),
                load.window());
    }

    @Override
    public String unit() {
        return "delivery";
    }

    @Override
    public Trial run(PeerProcess server, Duration warmup, Duration duration) throws IOException, InterruptedException {
        return run(load, server, warmup, duration);
    }

    @Override
    public Trial runAt(long perSecond, PeerProcess server, Duration warmup, Duration duration)
            throws IOException, InterruptedException {
        return run(load.at(Math.max(1, perSecond / load.subscribers())), server, warmup, duration);
    }

    private static Trial run(BroadcastLoad load, PeerProcess server, Duration warmup, Duration duration)
            throws IOException, InterruptedException {
        var dialect = BroadcastPeers.dialect(server.peer());
        try (var run = BroadcastRun.connect(dialect, server.address(), server.pid(), load)) {
            var report = run.run(warmup, duration);
            return new Trial(sample(report), report.deliveries(), report.faults());
        } catch (IOException e) {
            // A server that has gone is found out by its process; one that refuses may do better in the next round.
            return new Trial(Sample.NONE, 0, Map.of(Cells.reason(e), 1L));
        }
    }

    private static Sample sample(BroadcastReport report) {
        if (report.deliveries() == 0) return Sample.NONE;
        double count = report.deliveries();
        return new Sample(
                report.deliveries() * NANOS_PER_SECOND / report.wallNanos(),
                report.serverNanos() / NANOS_PER_MICRO / count,
                report.clientNanos() / NANOS_PER_MICRO / count,
                report.latencyMicros(50),
                report.latencyMicros(99),
                report.latencyMicros(99.9),
                (double) report.serverNanos() / report.wallNanos(),
                (double) report.clientNanos() / report.wallNanos(),
                0);
    }
}
