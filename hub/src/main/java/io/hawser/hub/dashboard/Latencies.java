package io.hawser.hub.dashboard;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// Timers as the page reads them: how many there were, and how many of them took at most how many microseconds.
///
/// Counts are since the start, so whoever wants to know of a time takes the difference of two.
public final class Latencies {
    private static final String REQUESTS = "hawser.http.requests";

    private Latencies() {}

    /// Of all requests, with how many failed.
    public static Map<String, Object> ofRequests(MeterRegistry registry) {
        return withFailed(registry.find(REQUESTS).timers());
    }

    /// Of the requests of one route, with how many failed.
    public static Map<String, Object> ofRoute(MeterRegistry registry, String route) {
        return withFailed(registry.find(REQUESTS).tag("route", route).timers());
    }

    /// Of messages, from their publication to their subscribers.
    static Map<String, Object> ofDelivery(MeterRegistry registry) {
        return of(registry.find("hawser.topics.delivery").timers());
    }

    private static Map<String, Object> withFailed(Collection<Timer> timers) {
        Map<String, Object> requests = of(timers);
        long failed = timers.stream()
                .filter(timer -> String.valueOf(timer.getId().getTag("status")).startsWith("5"))
                .mapToLong(Timer::count)
                .sum();
        requests.put("failed", failed);
        return requests;
    }

    private static Map<String, Object> of(Collection<Timer> timers) {
        long count = 0;
        Map<Long, Long> atMost = new TreeMap<>();
        for (Timer timer : timers) {
            count += timer.count();
            for (CountAtBucket bucket : timer.takeSnapshot().histogramCounts()) {
                if (Double.isInfinite(bucket.bucket())) continue;
                atMost.merge((long) bucket.bucket(TimeUnit.MICROSECONDS), (long) bucket.count(), Long::sum);
            }
        }
        Map<String, Object> latency = new LinkedHashMap<>();
        latency.put("count", count);
        latency.put(
                "at_most",
                atMost.entrySet().stream()
                        .map(bucket -> List.of(bucket.getKey(), bucket.getValue()))
                        .toList());
        return latency;
    }
}
