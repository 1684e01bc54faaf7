package io.hawser.internal.tcp;

import io.hawser.tcp.DropCause;
import io.hawser.tcp.EndCause;
import io.hawser.tcp.ProtocolStats;
import io.hawser.tcp.Traffic;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/// Adds up what is known of several groups of one protocol.
final class StatsSum {
    private StatsSum() {}

    static ProtocolStats of(String protocol, Collection<ProtocolStats> groups) {
        int connections = 0;
        long failures = 0;
        Traffic traffic = Traffic.none();
        Map<DropCause, Long> dropped = zeros(DropCause.class);
        Map<EndCause, Long> ended = zeros(EndCause.class);
        for (ProtocolStats each : groups) {
            connections += each.connections();
            failures += each.handlerFailures();
            traffic = traffic.plus(each.traffic());
            each.dropped().forEach((cause, count) -> dropped.merge(cause, count, Long::sum));
            each.ended().forEach((cause, count) -> ended.merge(cause, count, Long::sum));
        }
        return new ProtocolStats(protocol, connections, traffic, dropped, ended, failures);
    }

    private static <E extends Enum<E>> Map<E, Long> zeros(Class<E> type) {
        Map<E, Long> zeros = new EnumMap<>(type);
        for (E cause : type.getEnumConstants()) zeros.put(cause, 0L);
        return zeros;
    }
}
