package io.hawser.metrics;

import io.hawser.tcp.DropCause;
import io.hawser.tcp.EndCause;
import io.hawser.tcp.ProtocolStats;
import io.hawser.tcp.ServerStats;
import io.hawser.tcp.ShedCause;
import io.hawser.tcp.Traffic;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/// The connections of a port, by protocol: how many, what they carry, what is queued, what is dropped, how
/// they end.
///
/// ```java
/// ServerMetrics.of(server::stats).bindTo(registry);
/// ```
///
/// Costs nothing but when it is asked: it reads what the connections count anyway. Its names are in
/// docs/METRICS.md, and do not tell ports apart: a registry takes one. Of a second, nothing is measured that
/// the first has too.
///
/// Thread: safe from any.
public final class ServerMetrics implements MeterBinder {
    private final Supplier<ServerStats> server;

    private ServerMetrics(Supplier<ServerStats> server) {
        this.server = server;
    }

    /// Of one port.
    ///
    /// @param server such as [io.hawser.tcp.TcpServer#stats()]
    public static ServerMetrics of(Supplier<ServerStats> server) {
        return new ServerMetrics(server);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Meters<Supplier<ServerStats>> meters = new Meters<>(registry, server, Tags.empty());
        meters.counter(
                "hawser.connections.accepted",
                "Connections accepted",
                each -> each.get().accepted());
        meters.counter(
                "hawser.connections.refused",
                "Connections refused at the door",
                each -> each.get().refused());
        for (ShedCause cause : ShedCause.values()) {
            meters.with("cause", cause.name().toLowerCase(Locale.ROOT))
                    .counter(
                            "hawser.shed",
                            "Connections, requests and reads that were turned away or cut off, by cause",
                            each -> each.get().shed().getOrDefault(cause, 0L));
        }
        handshakes(meters);
        for (ProtocolStats protocol : server.get().protocols()) protocol(meters, protocol.name());
    }

    private static void handshakes(Meters<Supplier<ServerStats>> meters) {
        meters.timer(
                "hawser.tls.handshakes",
                "Handshakes of TLS that succeeded",
                each -> each.get().handshakes().completed(),
                each -> each.get().handshakes().time().toNanos());
        meters.counter(
                "hawser.tls.handshakes.failed",
                "Handshakes of TLS that did not succeed",
                each -> each.get().handshakes().failed());
    }

    private void protocol(Meters<Supplier<ServerStats>> all, String name) {
        Meters<Supplier<ServerStats>> meters = all.with("protocol", name);
        meters.gauge("hawser.connections", "Connections that there are", of(name, ProtocolStats::connections));
        meters.counter(
                "hawser.messages.received",
                "Messages, or requests, received",
                carried(name, Traffic::messagesReceived));
        meters.counter("hawser.messages.sent", "Messages, or answers, sent", carried(name, Traffic::messagesSent));
        meters.counter("hawser.received", Meters.BYTES, "Bytes received", carried(name, Traffic::bytesReceived));
        meters.counter("hawser.sent", Meters.BYTES, "Bytes sent", carried(name, Traffic::bytesSent));
        meters.gauge(
                "hawser.queued",
                Meters.BYTES,
                "Bytes accepted for sending and not yet taken by the operating system",
                carried(name, Traffic::queuedBytes));
        meters.counter(
                "hawser.handlers.failed",
                "Handlers of sessions that threw what they should not",
                of(name, ProtocolStats::handlerFailures));
        for (DropCause cause : DropCause.values()) {
            meters.with("cause", text(cause))
                    .counter(
                            "hawser.messages.dropped",
                            "Messages that were not sent",
                            of(name, stats -> stats.dropped().getOrDefault(cause, 0L)));
        }
        for (EndCause cause : EndCause.values()) {
            meters.with("cause", text(cause))
                    .counter(
                            "hawser.connections.ended",
                            "Connections that have ended",
                            of(name, stats -> stats.ended().getOrDefault(cause, 0L)));
        }
    }

    private static String text(Enum<?> cause) {
        return cause.name().toLowerCase(Locale.ROOT);
    }

    private static ToDoubleFunction<Supplier<ServerStats>> carried(String protocol, ToLongFunction<Traffic> figure) {
        return of(protocol, stats -> figure.applyAsLong(stats.traffic()));
    }

    private static ToDoubleFunction<Supplier<ServerStats>> of(String protocol, ToLongFunction<ProtocolStats> figure) {
        return server -> server.get().protocols().stream()
                .filter(each -> each.name().equals(protocol))
                .mapToLong(figure)
                .sum();
    }
}
