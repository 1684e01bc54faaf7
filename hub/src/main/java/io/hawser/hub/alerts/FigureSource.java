package io.hawser.hub.alerts;

import io.hawser.cluster.Backplane;
import io.hawser.hub.dashboard.Latencies;
import io.hawser.hub.dashboard.StatsSource;
import io.hawser.io.IoStats;
import io.hawser.tcp.EndCause;
import io.hawser.tcp.ProtocolStats;
import io.hawser.tcp.ServerStats;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;

/// Reads what rules watch from where it is counted.
///
/// Thread: one at a time.
public final class FigureSource {
    private static final Duration MISSED_FOR = Duration.ofHours(1);

    private final StatsSource source;
    private final Latencies requests;
    private final Map<String, Long> nodes = new HashMap<>();

    public FigureSource(StatsSource source) {
        this.source = source;
        this.requests = Latencies.ofRequests(source.registry());
    }

    Reading read() {
        ServerStats server = source.server().get();
        IoStats io = source.io().stats();
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        long nanos = System.nanoTime();
        return new Reading(
                nanos,
                requests.count(),
                requests.failed(),
                sum(server, stats -> stats.traffic().messagesReceived()),
                server.refused(),
                sum(server, stats -> stats.ended().getOrDefault(EndCause.TOO_SLOW, 0L)),
                sum(server, FigureSource::dropped)
                        + source.subscriptions().get().missed(),
                io.loops().stream().mapToLong(loop -> loop.busy().toNanos()).sum() / 1e9,
                io.loops().size(),
                server.connections(),
                heap.getMax() <= 0 ? 0 : (double) heap.getUsed() / heap.getMax(),
                lost(source.backplane(), nanos),
                source.backplane().status().isConnected() ? 0 : 1);
    }

    private static double sum(ServerStats server, ToLongFunction<ProtocolStats> figure) {
        return server.protocols().stream().mapToLong(figure).sum();
    }

    private static long dropped(ProtocolStats stats) {
        return stats.dropped().values().stream().mapToLong(Long::longValue).sum();
    }

    /// Nodes that were there within the last hour, and are not now.
    private double lost(Backplane backplane, long nanos) {
        Set<String> live = Set.copyOf(backplane.nodes().names());
        for (String name : live) nodes.put(name, nanos);
        nodes.values().removeIf(seen -> nanos - seen > MISSED_FOR.toNanos());
        List<String> missed =
                nodes.keySet().stream().filter(name -> !live.contains(name)).toList();
        return missed.size();
    }
}
