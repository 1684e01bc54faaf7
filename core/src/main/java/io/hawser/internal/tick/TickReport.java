package io.hawser.internal.tick;

import io.hawser.messaging.Container;
import io.hawser.messaging.ContainerBuilder;
import io.hawser.tick.TickerStats;
import java.time.Duration;

/// The figures of a ticker, on their way from its process.
final class TickReport {
    static final String TYPE = "ticked";

    private TickReport() {}

    static ContainerBuilder write(TickerStats stats) {
        return Container.of(TYPE)
                .with("ticks", stats.ticks())
                .with("failed", stats.failed())
                .with("missed", stats.missed())
                .with("busy", stats.busy().toNanos())
                .with("longest", stats.longest().toNanos())
                .with("late", stats.late().toNanos())
                .with("latest", stats.latest().toNanos());
    }

    static TickerStats read(Container report) {
        return new TickerStats(
                report.int64("ticks"),
                report.int64("failed"),
                report.int64("missed"),
                0,
                Duration.ofNanos(report.int64("busy")),
                Duration.ofNanos(report.int64("longest")),
                Duration.ofNanos(report.int64("late")),
                Duration.ofNanos(report.int64("latest")));
    }

    /// Those of a process that has ended and of the one after it.
    static TickerStats sum(TickerStats before, TickerStats now, long restarts) {
        return new TickerStats(
                before.ticks() + now.ticks(),
                before.failed() + now.failed(),
                before.missed() + now.missed(),
                restarts,
                before.busy().plus(now.busy()),
                longer(before.longest(), now.longest()),
                now.late(),
                longer(before.latest(), now.latest()));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
