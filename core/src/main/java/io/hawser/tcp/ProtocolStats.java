package io.hawser.tcp;

import java.util.Map;

/// The connections of one protocol on a port.
///
/// @param name such as `msgi`, `http`, `websocket`
/// @param connections that there are
/// @param traffic of all that there are and were, up to half a second old
/// @param dropped messages that were not sent, by cause
/// @param ended connections that are gone, by cause
/// @param handlerFailures how often a handler of sessions threw what it should not
public record ProtocolStats(
        String name,
        int connections,
        Traffic traffic,
        Map<DropCause, Long> dropped,
        Map<EndCause, Long> ended,
        long handlerFailures) {
    public ProtocolStats {
        dropped = Map.copyOf(dropped);
        ended = Map.copyOf(ended);
    }
}
