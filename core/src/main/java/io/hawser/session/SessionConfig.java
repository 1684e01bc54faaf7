package io.hawser.session;

import io.hawser.io.ConnectionLimits;
import java.time.Duration;

/// How a server or client looks after its sessions.
///
/// @param limits queues and time limits of the connection below
/// @param pingAfter silence after which the peer is pinged, where the protocol lets us; default 25 s
/// @param helloTimeout how long a peer may take to greet; default 10 s
public record SessionConfig(ConnectionLimits limits, Duration pingAfter, Duration helloTimeout) {
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE / 2);
    private static final SessionConfig DEFAULTS =
            new SessionConfig(ConnectionLimits.defaults(), Duration.ofSeconds(25), Duration.ofSeconds(10));

    public SessionConfig {
        check("pingAfter", pingAfter);
        check("helloTimeout", helloTimeout);
    }

    private static void check(String name, Duration value) {
        if (!value.isPositive()) throw new IllegalArgumentException(name + " " + value + ": above zero");
        if (value.compareTo(LONGEST) > 0)
            throw new IllegalArgumentException(name + " " + value + ": at most 146 years");
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
