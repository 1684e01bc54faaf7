package io.hawser.hub.dashboard;

import io.hawser.cluster.BackplaneStatus;
import io.hawser.cluster.SubscriptionStats;
import io.hawser.internal.io.Buffers;
import io.hawser.io.IoStats;
import io.hawser.tcp.ProtocolStats;
import io.hawser.tcp.ServerStats;
import io.hawser.tcp.Traffic;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The figures of one node at one moment, as they are written in JSON and CBOR.
///
/// Counts are since the start, so whoever wants a rate takes the difference of two.
///
/// Thread: safe from any.
public final class NodeStats {
    private final StatsSource source;
    private final Latencies requests;
    private final Latencies delivery;

    public NodeStats(StatsSource source) {
        this.source = source;
        this.requests = Latencies.ofRequests(source.registry());
        this.delivery = Latencies.ofDelivery(source.registry());
    }

    /// Texts, whole numbers, truths, lists and maps.
    public Map<String, Object> take() {
        ServerStats server = source.server().get();
        Map<String, Object> stats = new LinkedHashMap<>();
        stats.put("node", source.node());
        stats.put("at", System.currentTimeMillis());
        stats.put("uptime", ManagementFactory.getRuntimeMXBean().getUptime());
        stats.put("connections", server.connections());
        stats.put("accepted", server.accepted());
        stats.put("refused", server.refused());
        stats.put("sessions", source.sessions().getAsInt());
        stats.put(
                "protocols",
                server.protocols().stream().map(NodeStats::protocol).toList());
        stats.put("streams", source.streams().getAsInt());
        subscriptions(source.subscriptions().get(), stats);
        stats.put("requests", requests.toMap());
        stats.put("delivery", delivery.toMap());
        stats.put(
                "loops",
                source.io().stats().loops().stream().map(NodeStats::loop).toList());
        stats.put("memory", memory());
        backplane(stats);
        return stats;
    }

    private static Map<String, Object> protocol(ProtocolStats stats) {
        Traffic traffic = stats.traffic();
        Map<String, Object> protocol = new LinkedHashMap<>();
        protocol.put("name", stats.name());
        protocol.put("connections", stats.connections());
        protocol.put("messages_in", traffic.messagesReceived());
        protocol.put("messages_out", traffic.messagesSent());
        protocol.put("bytes_in", traffic.bytesReceived());
        protocol.put("bytes_out", traffic.bytesSent());
        protocol.put("queued", traffic.queuedBytes());
        protocol.put("dropped", counts(stats.dropped()));
        protocol.put("ended", counts(stats.ended()));
        return protocol;
    }

    private static Map<String, Object> counts(Map<? extends Enum<?>, Long> counts) {
        Map<String, Object> named = new TreeMap<>();
        counts.forEach((cause, count) -> {
            if (count > 0) named.put(cause.name().toLowerCase(Locale.ROOT), count);
        });
        return named;
    }

    private static void subscriptions(SubscriptionStats figures, Map<String, Object> stats) {
        stats.put("subscriptions", figures.subscriptions());
        stats.put("waiting", figures.waiting());
        stats.put("recovered", figures.recovered());
        stats.put("resyncs", figures.resyncs());
        stats.put("detached", figures.detached());
        stats.put("missed", figures.missed());
    }

    private static Map<String, Object> loop(IoStats.Loop loop) {
        return Map.of(
                "name", loop.name(),
                "busy", loop.busy().toNanos() / 1000,
                "channels", loop.channels(),
                "pending", loop.pendingTasks(),
                "holds", loop.holds());
    }

    /// The buffers of connections are `direct`; `jvm_direct` is what the JVM counts as direct memory, to which
    /// those buffers belong or not, by how they were allocated: the two must not be added up.
    private static Map<String, Object> memory() {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        return Map.of(
                "heap", heap.getUsed(),
                "heap_max", heap.getMax(),
                "direct", Buffers.directBytes(),
                "jvm_direct", jvmDirectBytes());
    }

    private static long jvmDirectBytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    private void backplane(Map<String, Object> stats) {
        BackplaneStatus status = source.backplane().status();
        stats.put("broker", status.isConnected() ? "up" : "away");
        stats.put("broker_since", status.since().toEpochMilli());
        stats.put("broker_detail", status.detail());
        stats.put("nodes", source.backplane().nodes().names().stream().sorted().toList());
    }
}
