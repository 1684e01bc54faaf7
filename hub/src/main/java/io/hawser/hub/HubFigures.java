package io.hawser.hub;

import io.hawser.tcp.ProtocolStats;
import io.hawser.tcp.ServerStats;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// How much there is and was in a hub, by name.
///
/// @param sessions of hawser.v1, those that wait for their client included
record HubFigures(ServerStats server, int sessions) {
    /// Names of what only grows end in `_total`.
    Map<String, Long> all() {
        Map<String, Long> figures = new TreeMap<>();
        figures.put("connections", (long) server.connections());
        figures.put("sessions", (long) sessions);
        figures.put("accepted_total", server.accepted());
        figures.put("refused_total", server.refused());
        for (ProtocolStats protocol : server.protocols()) {
            figures.merge("messages_received_total", protocol.traffic().messagesReceived(), Long::sum);
            figures.merge("messages_sent_total", protocol.traffic().messagesSent(), Long::sum);
            figures.merge("bytes_received_total", protocol.traffic().bytesReceived(), Long::sum);
            figures.merge("bytes_sent_total", protocol.traffic().bytesSent(), Long::sum);
        }
        shed().forEach((cause, count) -> figures.put("shed_" + cause + "_total", count));
        return figures;
    }

    /// Who was turned away or cut, by cause.
    Map<String, Long> shed() {
        Map<String, Long> shed = new TreeMap<>();
        server.shed().forEach((cause, count) -> shed.put(cause.name().toLowerCase(Locale.ROOT), count));
        return shed;
    }
}
