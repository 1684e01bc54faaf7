package io.hawser.conformance.soak;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/// How often what has happened, by name.
///
/// Thread: safe from any.
final class Counts {
    private final ConcurrentSkipListMap<String, LongAdder> all = new ConcurrentSkipListMap<>();

    void add(String name) {
        add(name, 1);
    }

    void add(String name, long more) {
        all.computeIfAbsent(name, _ -> new LongAdder()).add(more);
    }

    /// All of them, `name=1 other=2`.
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder();
        all.forEach((name, count) ->
                line.append(line.isEmpty() ? "" : " ").append(name).append('=').append(count.sum()));
        return line.toString();
    }

    /// What [#toString()] has written.
    static Map<String, Long> parse(String line) {
        Map<String, Long> counts = new TreeMap<>();
        for (String pair : line.strip().split(" +", -1)) {
            int at = pair.indexOf('=');
            if (at > 0) counts.put(pair.substring(0, at), Long.parseLong(pair.substring(at + 1)));
        }
        return counts;
    }
}
