package io.hawser.internal.tcp;

import io.hawser.tcp.ShedCause;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/// How often somebody was turned away or cut off, by cause.
///
/// Thread: safe from any.
final class ShedCounts {
    private final AtomicLongArray counts = new AtomicLongArray(ShedCause.values().length);

    void count(ShedCause cause) {
        counts.incrementAndGet(cause.ordinal());
    }

    Map<ShedCause, Long> sums() {
        Map<ShedCause, Long> sums = new EnumMap<>(ShedCause.class);
        for (ShedCause cause : ShedCause.values()) sums.put(cause, counts.get(cause.ordinal()));
        return sums;
    }
}
