package io.hawser.policy;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/// Counts the events of policies.
///
/// The counter `hawser.policy.events` has the tags `upstream`, `event` (`retried`, `gave_up`, `refused`, ...)
/// and `detail`, which is what tells events of one kind apart: why a retry gave up, who refused, what a
/// breaker became.
public final class PolicyMetrics implements PolicyListener {
    private static final String NAME = "hawser.policy.events";

    private final MeterRegistry registry;
    /// Bounded: details are enums and a few fixed words.
    private final Map<Label, Counter> counters = new ConcurrentHashMap<>();

    private record Label(String upstream, String event, String detail) {}

    private PolicyMetrics(MeterRegistry registry) {
        this.registry = Objects.requireNonNull(registry, "registry");
    }

    public static PolicyMetrics of(MeterRegistry registry) {
        return new PolicyMetrics(registry);
    }

    @Override
    public void event(PolicyEvent event) {
        counters.computeIfAbsent(label(event), this::counter).increment();
    }

    private Counter counter(Label label) {
        return Counter.builder(NAME)
                .description("What policies did that was more than passing a call on")
                .tag("upstream", label.upstream())
                .tag("event", label.event())
                .tag("detail", label.detail())
                .register(registry);
    }

    private static Label label(PolicyEvent event) {
        return switch (event) {
            case PolicyEvent.Retried e -> new Label(e.upstream(), "retried", "");
            case PolicyEvent.GaveUp e -> new Label(e.upstream(), "gave_up", lower(e.because()));
            case PolicyEvent.Refused e -> new Label(e.upstream(), "refused", e.by());
            case PolicyEvent.TimedOut e -> new Label(e.upstream(), "timed_out", "");
            case PolicyEvent.BreakerChanged e -> new Label(e.upstream(), "breaker", lower(e.to()));
            case PolicyEvent.FellBack e -> new Label(e.upstream(), "fell_back", "");
            case PolicyEvent.Hedged e -> new Label(e.upstream(), "hedged", "");
            case PolicyEvent.HedgeWon e -> new Label(e.upstream(), "hedge_won", "");
            case PolicyEvent.LimitChanged e -> new Label(e.upstream(), "limit", e.to() > e.from() ? "up" : "down");
            case PolicyEvent.Ejected e -> new Label(e.upstream(), "ejected", "");
            case PolicyEvent.HealthChanged e -> new Label(e.upstream(), "health", e.healthy() ? "up" : "down");
            case PolicyEvent.Panicked e -> new Label(e.upstream(), "panic", e.panics() ? "begin" : "end");
            case PolicyEvent.EndpointsChanged e -> new Label(e.upstream(), "endpoints", "");
            case PolicyEvent.SourceFailed e -> new Label(e.upstream(), "source_failed", "");
            case PolicyEvent.StoreFailed e -> new Label(e.upstream(), "store_failed", "");
            case PolicyEvent.BatchSent e -> new Label(e.upstream(), "batch", "");
        };
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
