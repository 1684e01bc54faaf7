package io.hawser.benchmarks;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A row of latencies at a share of the highest rate that each server has shown.
///
/// @param load what is sent, and the load under which the highest rate is found
/// @param percent of that rate
/// @param highest that rate, of the servers that have been asked
record LatencyRow(
        String name, PacedRow load, int percent, @JsonIgnore Map<PeerProcess, Long> highest) implements LoadRow {
    private static final Duration SEARCH = Duration.ofSeconds(1);

    LatencyRow(String name, PacedRow load, int percent) {
        this(name, load, percent, new ConcurrentHashMap<>());
    }

    @Override
    public String title() {
        return load.title() + "; latency at " + percent + " % of the highest rate of each";
    }

    @Override
    public String unit() {
        return load.unit();
    }

    /// The first run, whose rate is not known yet, is under the load that finds it.
    @Override
    public Trial run(PeerProcess server, Duration warmup, Duration duration) throws IOException, InterruptedException {
        if (!highest.containsKey(server)) {
            var first = load.run(server, warmup, duration);
            // Only what is compiled by now shows what the server can do.
            var found = load.run(server, Duration.ZERO, SEARCH);
            highest.put(server, Math.max(1, Math.round(found.sample().messagesPerSecond())));
            return first;
        }
        return load.runAt(Math.max(1, highest.get(server) * percent / 100), server, warmup, duration);
    }
}
