package io.hawser.tcp;

import io.hawser.Tls;
import java.time.Duration;
import java.util.Optional;

/// How a client connects.
///
/// @param timeout for the connection and, with TLS, the handshake, of one address; default 3 s
/// @param tls what to use TLS with
public record ConnectConfig(Duration timeout, Optional<Tls> tls, SocketOptions socket) {
    private static final ConnectConfig DEFAULTS =
            new ConnectConfig(Duration.ofSeconds(3), Optional.empty(), SocketOptions.defaults());

    public ConnectConfig {
        if (!timeout.isPositive()) throw new IllegalArgumentException("timeout " + timeout + ": above zero");
    }

    public static ConnectConfig defaults() {
        return DEFAULTS;
    }

    public ConnectConfig withTimeout(Duration changed) {
        return new ConnectConfig(changed, tls, socket);
    }

    public ConnectConfig withTls(Tls changed) {
        return new ConnectConfig(timeout, Optional.of(changed), socket);
    }

    public ConnectConfig withSocket(SocketOptions changed) {
        return new ConnectConfig(timeout, tls, changed);
    }
}
