package io.hawser.hub.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What the page is told of requests is what was measured, whenever their timers were made.
final class LatenciesTest {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @AfterEach
    void close() {
        registry.close();
    }

    private Timer timer(String route, String status) {
        return Timer.builder("hawser.http.requests")
                .tag("route", route)
                .tag("status", status)
                .serviceLevelObjectives(Duration.ofMillis(1), Duration.ofMillis(10))
                .register(registry);
    }

    private static Map<String, Object> of(long count, long quick, long slow, long failed) {
        return Map.of(
                "count", count,
                "at_most", List.of(List.of(1_000L, quick), List.of(10_000L, slow)),
                "failed", failed);
    }

    @Test
    void timersOfBeforeAndAfterAreAddedUpAndReadAgainWhenTheyHaveCounted() {
        timer("/one", "200").record(Duration.ofNanos(500_000));
        Latencies requests = Latencies.ofRequests(registry);
        assertThat(requests.toMap()).isEqualTo(of(1, 1, 1, 0));

        timer("/two", "503").record(Duration.ofMillis(5));
        assertThat(requests.toMap()).isEqualTo(of(2, 1, 2, 1));
        // As nothing has been counted since, this is what was read before, and the sum is of the same.
        assertThat(requests.toMap()).isEqualTo(of(2, 1, 2, 1));

        timer("/one", "200").record(Duration.ofMillis(5));
        assertThat(requests.toMap()).isEqualTo(of(3, 1, 3, 1));
        assertThat(requests.count()).isEqualTo(3);
        assertThat(requests.failed()).isOne();
    }

    @Test
    void aRouteHasItsOwn() {
        Latencies requests = Latencies.ofRequests(registry);
        timer("/one", "200").record(Duration.ofNanos(500_000));
        timer("/one", "500").record(Duration.ofNanos(500_000));
        timer("/two", "500").record(Duration.ofMillis(5));
        assertThat(requests.toMap("/one")).isEqualTo(of(2, 2, 2, 1));
        assertThat(requests.toMap("/two")).isEqualTo(of(1, 0, 1, 1));
        assertThat(requests.toMap("/three")).isEqualTo(Map.of("count", 0L, "at_most", List.of(), "failed", 0L));
    }

    @Test
    void timersOfOtherNamesDoNotCount() {
        Timer.builder("hawser.other").register(registry).record(Duration.ofMillis(1));
        Latencies requests = Latencies.ofRequests(registry);
        Timer.builder("hawser.another").register(registry).record(Duration.ofMillis(1));
        assertThat(requests.count()).isZero();
    }
}
