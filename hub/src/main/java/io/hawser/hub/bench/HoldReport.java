package io.hawser.hub.bench;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// How opening many connections went, and how many of them are still there.
///
/// @param established connections that are open and on which one request was answered
/// @param openingNanos from the first connection's beginning to the last one's answer
/// @param latency from when a connection was due to its answer
/// @param faults connections that could not be opened, were not answered or were lost, by kind
public record HoldReport(
        String protocol,
        String target,
        int planned,
        int established,
        long openingNanos,
        Percentiles latency,
        Map<String, Long> faults) {

    public HoldReport {
        faults = Collections.unmodifiableMap(new TreeMap<>(faults));
    }

    /// Connections opened and answered in a second.
    public double connectsPerSecond() {
        return openingNanos == 0 ? 0 : established * 1e9 / openingNanos;
    }

    public boolean clean() {
        return faults.isEmpty();
    }
}
