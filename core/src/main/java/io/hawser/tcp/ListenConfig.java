package io.hawser.tcp;

import io.hawser.Endpoint;
import io.hawser.Tls;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Where a server listens and whom it lets in.
///
/// @param endpoint address and port; port 0 takes a free one
/// @param maxConnections connections at once; over it the oldest that has not greeted goes first, else the
///     new one is told that the server is full; default 10,000
/// @param recognizeTimeout how long a connection may take to show its protocol; default 10 s
/// @param tls what to serve TLS with
/// @param isPlainAllowed with `tls`: whether connections without it are served too, on the same port;
///     default false
/// @param socket options of the listening and the accepted sockets
/// @param protocolLimits of connections by the name of their protocol: `msgi`, `http`, or `tcp` for a
///     framing; a WebSocket begins as one of `http`, and has none of its own; default none but
///     `maxConnections`
/// @param protection whom it keeps out, and what one address may ask
public record ListenConfig(
        Endpoint endpoint,
        int maxConnections,
        Duration recognizeTimeout,
        Optional<Tls> tls,
        boolean isPlainAllowed,
        SocketOptions socket,
        Map<String, Integer> protocolLimits,
        Protection protection) {
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE / 2);

    public ListenConfig {
        if (maxConnections < 1) throw new IllegalArgumentException("maxConnections " + maxConnections + ": at least 1");
        if (!recognizeTimeout.isPositive()) {
            throw new IllegalArgumentException("recognizeTimeout " + recognizeTimeout + ": above zero");
        }
        if (recognizeTimeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("recognizeTimeout " + recognizeTimeout + ": at most 146 years");
        }
        protocolLimits = Map.copyOf(protocolLimits);
        protocolLimits.forEach((protocol, most) -> {
            if (most < 1)
                throw new IllegalArgumentException("protocolLimits of " + protocol + " " + most + ": at least 1");
        });
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
                SocketOptions.defaults(),
                Map.of(),
                Protection.defaults());
    }

    public ListenConfig withEndpoint(Endpoint changed) {
        return new ListenConfig(
                changed, maxConnections, recognizeTimeout, tls, isPlainAllowed, socket, protocolLimits, protection);
    }

    public ListenConfig withMaxConnections(int changed) {
        return new ListenConfig(
                endpoint, changed, recognizeTimeout, tls, isPlainAllowed, socket, protocolLimits, protection);
    }

    /// With at most so many connections of one protocol, which is one of `maxConnections` too.
    ///
    /// @param protocol its name: `msgi`, `http`, or `tcp` for a framing
    public ListenConfig withMaxConnections(String protocol, int most) {
        Map<String, Integer> limits = new HashMap<>(protocolLimits);
        limits.put(protocol, most);
        return new ListenConfig(
                endpoint, maxConnections, recognizeTimeout, tls, isPlainAllowed, socket, limits, protection);
    }

    public ListenConfig withRecognizeTimeout(Duration changed) {
        return new ListenConfig(
                endpoint, maxConnections, changed, tls, isPlainAllowed, socket, protocolLimits, protection);
    }

    public ListenConfig withTls(Tls changed) {
        return new ListenConfig(
                endpoint,
                maxConnections,
                recognizeTimeout,
                Optional.of(changed),
                isPlainAllowed,
                socket,
                protocolLimits,
                protection);
    }

    /// Serves connections without TLS too.
    public ListenConfig withPlainAllowed() {
        return new ListenConfig(
                endpoint, maxConnections, recognizeTimeout, tls, true, socket, protocolLimits, protection);
    }

    public ListenConfig withSocket(SocketOptions changed) {
        return new ListenConfig(
                endpoint, maxConnections, recognizeTimeout, tls, isPlainAllowed, changed, protocolLimits, protection);
    }

    public ListenConfig withProtection(Protection changed) {
        return new ListenConfig(
                endpoint, maxConnections, recognizeTimeout, tls, isPlainAllowed, socket, protocolLimits, changed);
    }
}
