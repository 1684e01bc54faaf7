package io.hawser.internal.tcp;

import io.hawser.tcp.ListenConfig;
import java.util.Map;

/// How many connections there may be on a port, which can change while it is open.
///
/// Thread: safe from any.
final class PortLimits {
    private record Limits(int connections, Map<String, Integer> byProtocol) {}

    private volatile Limits limits;

    PortLimits(ListenConfig listen) {
        this.limits = new Limits(listen.maxConnections(), listen.protocolLimits());
    }

    void change(int connections, Map<String, Integer> byProtocol) {
        if (connections < 1) throw new IllegalArgumentException("maxConnections " + connections + ": at least 1");
        byProtocol.forEach((protocol, most) -> {
            if (most < 1) throw new IllegalArgumentException("limit of " + protocol + " " + most + ": at least 1");
        });
        limits = new Limits(connections, Map.copyOf(byProtocol));
    }

    int connections() {
        return limits.connections();
    }

    int of(String protocol) {
        return limits.byProtocol().getOrDefault(protocol, Integer.MAX_VALUE);
    }
}
