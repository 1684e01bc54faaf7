package io.hawser.hub.dashboard;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The timers of one name as the page reads them: how many there were, and how many of them took at most how
/// many microseconds.
///
/// Counts are since the start, so whoever wants to know of a time takes the difference of two. They are
/// asked for every second, so a timer is found when it is made, and read anew only when it has counted
/// something since.
///
/// Thread: safe from any.
public final class Latencies {
    private static final String REQUESTS = "hawser.http.requests";
    private static final String DELIVERY = "hawser.topics.delivery";

    private final CopyOnWriteArrayList<Counted> timers = new CopyOnWriteArrayList<>();

    private Latencies(MeterRegistry registry, String name) {
        // First the listener: what is made meanwhile comes twice, and is kept once.
        registry.config().onMeterAdded(meter -> add(meter, name));
        registry.find(name).timers().forEach(timer -> add(timer, name));
    }

    /// Of requests.
    public static Latencies ofRequests(MeterRegistry registry) {
        return new Latencies(registry, REQUESTS);
    }

    /// Of messages, from their publication to their subscribers.
    static Latencies ofDelivery(MeterRegistry registry) {
        return new Latencies(registry, DELIVERY);
    }

    private void add(Meter meter, String name) {
        if (meter instanceof Timer timer && timer.getId().getName().equals(name)) {
            timers.addIfAbsent(new Counted(timer));
        }
    }

    /// How many there were.
    public long count() {
        return timers.stream().mapToLong(each -> each.timer.count()).sum();
    }

    /// How many of them have failed.
    public long failed() {
        return failed(each -> true);
    }

    /// Of all.
    public Map<String, Object> toMap() {
        return toMap(each -> true);
    }

    /// Of one route.
    public Map<String, Object> toMap(String route) {
        return toMap(each -> route.equals(each.timer.getId().getTag("route")));
    }

    private long failed(Predicate<Counted> which) {
        return timers.stream()
                .filter(each -> each.isOfFailures && which.test(each))
                .mapToLong(each -> each.timer.count())
                .sum();
    }

    /// All timers of one name have the same buckets.
    private Map<String, Object> toMap(Predicate<Counted> which) {
        long count = 0;
        long[] bounds = {};
        long[] atMost = {};
        for (Counted each : timers) {
            if (!which.test(each)) continue;
            Reading reading = each.read();
            count += reading.count;
            if (atMost.length == 0) {
                bounds = reading.bounds;
                atMost = reading.atMost.clone();
            } else {
                for (int i = 0; i < atMost.length; i++) atMost[i] += reading.atMost[i];
            }
        }
        Map<String, Object> latency = new LinkedHashMap<>();
        latency.put("count", count);
        latency.put("at_most", pairs(bounds, atMost));
        latency.put("failed", failed(which));
        return latency;
    }

    private static List<List<Long>> pairs(long[] bounds, long[] atMost) {
        return IntStream.range(0, bounds.length)
                .mapToObj(i -> List.of(bounds[i], atMost[i]))
                .toList();
    }

    /// What a timer had counted: how many took no longer than each of the bounds, in microseconds.
    private static final class Reading {
        private final long count;
        private final long[] bounds;
        private final long[] atMost;

        Reading(Timer timer) {
            count = timer.count();
            CountAtBucket[] buckets = Arrays.stream(timer.takeSnapshot().histogramCounts())
                    .filter(bucket -> Double.isFinite(bucket.bucket()))
                    .toArray(CountAtBucket[]::new);
            bounds = Arrays.stream(buckets)
                    .mapToLong(bucket -> (long) bucket.bucket(TimeUnit.MICROSECONDS))
                    .toArray();
            atMost = Arrays.stream(buckets)
                    .mapToLong(bucket -> (long) bucket.count())
                    .toArray();
        }
    }

    /// A timer, and how it was when it was last looked at.
    private static final class Counted {
        private final Timer timer;
        private final boolean isOfFailures;
        private volatile @Nullable Reading last;

        Counted(Timer timer) {
            this.timer = timer;
            this.isOfFailures = String.valueOf(timer.getId().getTag("status")).startsWith("5");
        }

        Reading read() {
            Reading known = last;
            if (known != null && known.count == timer.count()) return known;
            Reading now = new Reading(timer);
            last = now;
            return now;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Counted counted && counted.timer.getId().equals(timer.getId());
        }

        @Override
        public int hashCode() {
            return timer.getId().hashCode();
        }
    }
}
