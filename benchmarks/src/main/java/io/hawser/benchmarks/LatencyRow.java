package io.hawser.benchmarks;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.hawser.hub.bench.LoadConfig;
import io.hawser.hub.bench.LoadRun;
import io.hawser.hub.bench.Progress;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/// A row of latencies at a share of the highest rate that each server has shown: an open loop, in which a
/// message's latency counts from when it was due, so that a server that stalls is charged for all that was
/// due meanwhile.
///
/// @param echo what is sent, and the load under which the highest rate is found
/// @param percent of that rate
/// @param highest that rate, of the servers that have been asked
record LatencyRow(
        String name, EchoRow echo, int percent, @JsonIgnore Map<PeerProcess, Long> highest) implements LoadRow {
    /// Enough that what finds no room is a server that does not keep up.
    private static final int ROOM = 1024;

    private static final Duration SEARCH = Duration.ofSeconds(1);

    LatencyRow(String name, EchoRow echo, int percent) {
        this(name, echo, percent, new ConcurrentHashMap<>());
    }

    @Override
    public String title() {
        return echo.title() + "; latency at " + percent + " % of the highest rate of each";
    }

    /// The first run, whose rate is not known yet, is under the load that finds it.
    @Override
    public Trial run(PeerProcess server, Duration warmup, Duration duration) throws IOException, InterruptedException {
        if (!highest.containsKey(server)) {
            var first = echo.run(server, warmup, duration);
            // Only what is compiled by now shows what the server can do.
            var found = echo.run(server, Duration.ZERO, SEARCH);
            highest.put(server, Math.max(1, Math.round(found.sample().messagesPerSecond())));
            return first;
        }
        var rate = OptionalLong.of(Math.max(1, highest.get(server) * percent / 100));
        var load = new LoadConfig(echo.connections(), ROOM, rate, echo.payloadBytes(), duration, warmup, 1, 1);
        return Trial.of(new LoadRun(
                        () -> EchoRow.protocol(echo.kind(), echo.payloadBytes()),
                        server.address(),
                        load,
                        OptionalLong.of(server.pid()))
                .run(Progress.silent()));
    }
}
