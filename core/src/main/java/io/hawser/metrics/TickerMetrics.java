package io.hawser.metrics;

import io.hawser.tick.Ticker;
import io.hawser.tick.TickerStats;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;

/// A ticker, by its name.
///
/// ```java
/// TickerMetrics.of(ticker).bindTo(registry);
/// ```
///
/// Costs nothing but when it is asked. Thread: safe from any.
public final class TickerMetrics implements MeterBinder {
    private final Ticker ticker;

    private TickerMetrics(Ticker ticker) {
        this.ticker = ticker;
    }

    public static TickerMetrics of(Ticker ticker) {
        return new TickerMetrics(ticker);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Tags tags = Tags.of("ticker", ticker.name());
        Meters<Ticker> meters = new Meters<>(registry, ticker, tags);
        meters.timer(
                "hawser.ticks",
                "Ticks that have ended, and the time that they took",
                each -> each.stats().ticks(),
                each -> each.stats().busy().toNanos());
        meters.counter(
                "hawser.ticks.failed", "Ticks that threw", each -> each.stats().failed());
        meters.counter(
                "hawser.ticks.missed",
                "Ticks left out because another one still ran",
                each -> each.stats().missed());
        meters.counter(
                "hawser.ticks.restarts",
                "Processes of the ticker started anew",
                each -> each.stats().restarts());
        meters.gauge("hawser.ticks.longest", Meters.SECONDS, "The longest tick", each -> seconds(each.stats()));
        meters.gauge(
                "hawser.ticks.late",
                Meters.SECONDS,
                "How long after its time the last tick began",
                each -> each.stats().late().toNanos() / 1e9);
    }

    private static double seconds(TickerStats stats) {
        return stats.longest().toNanos() / 1e9;
    }
}
