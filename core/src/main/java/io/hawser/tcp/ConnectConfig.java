package io.hawser.tcp;

import io.hawser.Resolver;
import io.hawser.Tls;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How a client connects.
///
/// @param timeout for each step: the connection to one address, a proxy's tunnel, the TLS handshake, and the
///     greeting of MSGI or WebSocket; the handshake has at most [Tls#handshakeTimeout()] too, and the
///     greeting [io.hawser.session.SessionConfig#helloTimeout()]; default 3 s
/// @param tls what to use TLS with
/// @param proxy through which to connect; it looks the names up
/// @param noProxy what is connected to without it: host names, which stand for what is below them too, and
///     addresses, each with or without a port, networks such as `10.0.0.0/8`, or `*`
/// @param resolver who looks names up where no proxy does; default that of the system
///     ([Resolver#system()]), for clients of HTTP [Resolver#dns()]
public record ConnectConfig(
        Duration timeout,
        Optional<Tls> tls,
        SocketOptions socket,
        Optional<Proxy> proxy,
        List<String> noProxy,
        Resolver resolver) {
    private static final ConnectConfig DEFAULTS = new ConnectConfig(
            Duration.ofSeconds(3),
            Optional.empty(),
            SocketOptions.defaults(),
            Optional.empty(),
            List.of(),
            Resolver.system());

    public ConnectConfig {
        if (!timeout.isPositive()) throw new IllegalArgumentException("timeout " + timeout + ": above zero");
        noProxy = List.copyOf(noProxy);
    }

    public static ConnectConfig defaults() {
        return DEFAULTS;
    }

    public ConnectConfig withTimeout(Duration changed) {
        return new ConnectConfig(changed, tls, socket, proxy, noProxy, resolver);
    }

    public ConnectConfig withTls(Tls changed) {
        return new ConnectConfig(timeout, Optional.of(changed), socket, proxy, noProxy, resolver);
    }

    public ConnectConfig withoutTls() {
        return new ConnectConfig(timeout, Optional.empty(), socket, proxy, noProxy, resolver);
    }

    public ConnectConfig withSocket(SocketOptions changed) {
        return new ConnectConfig(timeout, tls, changed, proxy, noProxy, resolver);
    }

    public ConnectConfig withProxy(Proxy changed) {
        return new ConnectConfig(timeout, tls, socket, Optional.of(changed), noProxy, resolver);
    }

    public ConnectConfig withNoProxy(String... changed) {
        return new ConnectConfig(timeout, tls, socket, proxy, List.of(changed), resolver);
    }

    public ConnectConfig withResolver(Resolver changed) {
        return new ConnectConfig(timeout, tls, socket, proxy, noProxy, changed);
    }
}
