package io.hawser.tcp;

import io.hawser.Tls;
import java.time.Duration;
import java.util.Optional;

/// How a client connects.
///
/// @param timeout for the connection and, with TLS, the handshake, of one address; default 3 s
/// @param tls what to use TLS with
/// @param proxy through which to connect; it looks the names up
public record ConnectConfig(Duration timeout, Optional<Tls> tls, SocketOptions socket, Optional<HttpProxy> proxy) {
    private static final ConnectConfig DEFAULTS =
            new ConnectConfig(Duration.ofSeconds(3), Optional.empty(), SocketOptions.defaults(), Optional.empty());

    public ConnectConfig {
        if (!timeout.isPositive()) throw new IllegalArgumentException("timeout " + timeout + ": above zero");
    }

    public static ConnectConfig defaults() {
        return DEFAULTS;
    }

    public ConnectConfig withTimeout(Duration changed) {
        return new ConnectConfig(changed, tls, socket, proxy);
    }

    public ConnectConfig withTls(Tls changed) {
        return new ConnectConfig(timeout, Optional.of(changed), socket, proxy);
    }

    public ConnectConfig withSocket(SocketOptions changed) {
        return new ConnectConfig(timeout, tls, changed, proxy);
    }

    public ConnectConfig withProxy(HttpProxy changed) {
        return new ConnectConfig(timeout, tls, socket, Optional.of(changed));
    }
}
