package io.hawser.tcp;

import io.hawser.Endpoint;
import io.hawser.Tls;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/// Where a server listens and whom it lets in.
///
/// @param endpoint address and port; port 0 takes a free one
/// @param maxConnections connections at once; over it the oldest that has not greeted goes first, else the new
///     one is told that the server is full; default 10,000
/// @param recognizeTimeout how long a connection may take to show its protocol; default 10 s
/// @param tls what to serve TLS with
/// @param isPlainAllowed with `tls`: whether connections without it are served too, on the same port; default
///     false
/// @param proxies who is believed to say for whom it opens a connection, by the PROXY protocol, version 1 or 2;
///     default nobody
/// @param socket options of the listening and the accepted sockets
/// @param protection whom it keeps out, and what one address may ask
public record ListenConfig(
        Endpoint endpoint,
        int maxConnections,
        Duration recognizeTimeout,
        Optional<Tls> tls,
        boolean isPlainAllowed,
        Optional<Predicate<Endpoint>> proxies,
        SocketOptions socket,
        Protection protection) {
    public ListenConfig {
        if (maxConnections < 1) throw new IllegalArgumentException("maxConnections " + maxConnections + ": at least 1");
        if (!recognizeTimeout.isPositive()) {
            throw new IllegalArgumentException("recognizeTimeout " + recognizeTimeout + ": above zero");
        }
    }

    /// The defaults, on an address and port.
    ///
    /// @param endpoint such as `127.0.0.1:9000` or `[::]:0`
    public static ListenConfig on(String endpoint) {
        return on(Endpoint.parse(endpoint));
    }

    public static ListenConfig on(Endpoint endpoint) {
        return new ListenConfig(
                endpoint,
                10_000,
                Duration.ofSeconds(10),
                Optional.empty(),
                false,
                Optional.empty(),
                SocketOptions.defaults(),
                Protection.defaults());
    }

    public ListenConfig withEndpoint(Endpoint changed) {
        return new ListenConfig(
                changed, maxConnections, recognizeTimeout, tls, isPlainAllowed, proxies, socket, protection);
    }

    public ListenConfig withMaxConnections(int changed) {
        return new ListenConfig(endpoint, changed, recognizeTimeout, tls, isPlainAllowed, proxies, socket, protection);
    }

    public ListenConfig withRecognizeTimeout(Duration changed) {
        return new ListenConfig(endpoint, maxConnections, changed, tls, isPlainAllowed, proxies, socket, protection);
    }

    public ListenConfig withTls(Tls changed) {
        return new ListenConfig(
                endpoint,
                maxConnections,
                recognizeTimeout,
                Optional.of(changed),
                isPlainAllowed,
                proxies,
                socket,
                protection);
    }

    /// Serves connections without TLS too.
    public ListenConfig withPlainAllowed() {
        return new ListenConfig(endpoint, maxConnections, recognizeTimeout, tls, true, proxies, socket, protection);
    }

    public ListenConfig withSocket(SocketOptions changed) {
        return new ListenConfig(
                endpoint, maxConnections, recognizeTimeout, tls, isPlainAllowed, proxies, changed, protection);
    }

    /// Believes the PROXY header of a peer whose address is `trusted`, such as that of a load balancer.
    public ListenConfig withProxies(Predicate<Endpoint> trusted) {
        return new ListenConfig(
                endpoint,
                maxConnections,
                recognizeTimeout,
                tls,
                isPlainAllowed,
                Optional.of(trusted),
                socket,
                protection);
    }

    public ListenConfig withProtection(Protection changed) {
        return new ListenConfig(
                endpoint, maxConnections, recognizeTimeout, tls, isPlainAllowed, proxies, socket, changed);
    }
}
