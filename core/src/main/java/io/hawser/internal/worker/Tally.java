package io.hawser.internal.worker;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The figures of all workers, added up. What counts events, by a name that ends in `_total`, goes on counting
/// when a worker is gone; what says how much there is, does not.
///
/// Thread: safe from any, by its monitor.
final class Tally {
    static final String COUNTER = "_total";

    private final Map<Integer, Map<String, Long>> live = new HashMap<>();
    private final Map<String, Long> gone = new HashMap<>();

    synchronized void report(int worker, Map<String, Long> figures) {
        live.put(worker, Map.copyOf(figures));
    }

    synchronized void ended(int worker) {
        Map<String, Long> last = live.remove(worker);
        if (last == null) return;
        last.forEach((name, value) -> {
            if (name.endsWith(COUNTER)) gone.merge(name, value, Long::sum);
        });
    }

    synchronized SortedMap<String, Long> sums() {
        SortedMap<String, Long> sums = new TreeMap<>(gone);
        for (Map<String, Long> figures : live.values()) {
            figures.forEach((name, value) -> sums.merge(name, value, Long::sum));
        }
        return sums;
    }
}
