package io.hawser.hub.bench;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// What went wrong, counted by kind; nothing that fails is left out of a report.
///
/// Thread: one thread at a time.
final class Faults {
    /// More kinds than this are counted together, so that a server that sends noise does not fill the memory.
    private static final int MAX_KINDS = 64;

    private final Map<String, Long> counts = new TreeMap<>();

    void add(String kind) {
        add(kind, 1);
    }

    void add(String kind, long count) {
        if (count == 0) return;
        boolean known = counts.containsKey(kind) || counts.size() < MAX_KINDS;
        counts.merge(known ? kind : "of other kinds", count, Long::sum);
    }

    void add(Faults other) {
        other.counts.forEach(this::add);
    }

    Map<String, Long> counts() {
        return Collections.unmodifiableMap(new TreeMap<>(counts));
    }
}
