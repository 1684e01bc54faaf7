package io.hawser.session;

import io.hawser.io.ConnectionLimits;
import java.time.Duration;

/// How a server or client looks after its sessions.
///
/// @param limits queues and time limits of the connection below
/// @param pingAfter silence after which the peer is pinged, where the protocol lets us; default 25 s
/// @param helloTimeout how long a peer may take to greet; default 10 s
public record SessionConfig(ConnectionLimits limits, Duration pingAfter, Duration helloTimeout) {
    private static final SessionConfig DEFAULTS =
            new SessionConfig(ConnectionLimits.defaults(), Duration.ofSeconds(25), Duration.ofSeconds(10));

    public SessionConfig {
        if (!pingAfter.isPositive()) throw new IllegalArgumentException("pingAfter " + pingAfter + ": above zero");
        if (!helloTimeout.isPositive()) {
            throw new IllegalArgumentException("helloTimeout " + helloTimeout + ": above zero");
        }
    }

    public static SessionConfig defaults() {
        return DEFAULTS;
    }

    public SessionConfig withLimits(ConnectionLimits changed) {
        return new SessionConfig(changed, pingAfter, helloTimeout);
    }

    public SessionConfig withPingAfter(Duration changed) {
        return new SessionConfig(limits, changed, helloTimeout);
    }

    public SessionConfig withHelloTimeout(Duration changed) {
        return new SessionConfig(limits, pingAfter, changed);
    }
}
