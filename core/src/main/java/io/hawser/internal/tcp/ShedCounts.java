package io.hawser.internal.tcp;

import io.hawser.tcp.ShedCause;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// How often somebody was turned away or cut off, by cause.
///
/// Thread: safe from any.
final class ShedCounts {
    private final ConcurrentHashMap<ShedCause, LongAdder> counts = new ConcurrentHashMap<>();

    void count(ShedCause cause) {
        counts.computeIfAbsent(cause, first -> new LongAdder()).increment();
    }

    Map<ShedCause, Long> sums() {
        Map<ShedCause, Long> sums = new EnumMap<>(ShedCause.class);
        for (ShedCause cause : ShedCause.values()) {
            LongAdder count = counts.get(cause);
            sums.put(cause, count == null ? 0 : count.sum());
        }
        return sums;
    }
}
