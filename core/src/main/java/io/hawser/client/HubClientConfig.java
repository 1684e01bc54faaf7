package io.hawser.client;

import io.hawser.Endpoint;
import io.hawser.Reconnect;
import io.hawser.tcp.ConnectConfig;
import io.hawser.websocket.WebSocketClientConfig;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/// Where a hub is, and how a client talks to it.
///
/// @param uri `msgi://host:port` (`msgis` with TLS), or `ws://host:port/ws` (`wss`)
/// @param name that others see; empty, the default: the id of the session
/// @param token shown at every connect, where the hub asks for one; asked for each time
/// @param connect TLS, proxy and socket options
/// @param reconnect when it tries again after its connection was lost
/// @param timeout for the answer to one request, reconnections included, and for one attempt to connect;
///     default 30 s
/// @param maxMessageBytes the longest message; default 1 MiB, as that of a hub, which sends no longer one
/// @param maxWaiting messages of one subscription that wait for its handler; over it a log is left and
///     read again from its history, and messages of live topics are dropped; default 256
public record HubClientConfig(
        URI uri,
        String name,
        Optional<Supplier<String>> token,
        ConnectConfig connect,
        Reconnect reconnect,
        Duration timeout,
        int maxMessageBytes,
        int maxWaiting) {
    public HubClientConfig {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme();
        if (!scheme.matches("msgis?|wss?")) {
            throw new IllegalArgumentException("uri " + uri + ": begins with msgi://, msgis://, ws:// or wss://");
        }
        String authority = uri.getRawAuthority();
        if (authority == null) throw new IllegalArgumentException("uri " + uri + ": a host");
        if (authority.indexOf('@') >= 0) throw new IllegalArgumentException("uri: without user and password");
        // What is wrong is said here rather than at the first connect.
        if (scheme.startsWith("ws")) {
            var _ = WebSocketClientConfig.to(uri.toString());
        } else {
            var _ = Endpoint.parse(authority);
        }
        if (name.length() > 255) {
            throw new IllegalArgumentException("name of " + name.length() + " characters: at most 255");
        }
        if (!timeout.isPositive()) throw new IllegalArgumentException("timeout " + timeout + ": above zero");
        if (maxMessageBytes < 1)
            throw new IllegalArgumentException("maxMessageBytes " + maxMessageBytes + ": at least 1");
        if (maxWaiting < 1) throw new IllegalArgumentException("maxWaiting " + maxWaiting + ": at least 1");
    }

    /// The defaults, for this hub.
    ///
    /// @throws IllegalArgumentException if `uri` is none of a hub
    public static HubClientConfig to(String uri) {
        return new HubClientConfig(
                URI.create(uri),
                "",
                Optional.empty(),
                ConnectConfig.defaults(),
                Reconnect.defaults(),
                Duration.ofSeconds(30),
                1 << 20,
                256);
    }

    public HubClientConfig withName(String changed) {
        return new HubClientConfig(uri, changed, token, connect, reconnect, timeout, maxMessageBytes, maxWaiting);
    }

    /// With a token that is asked for at every connect, and so may change.
    public HubClientConfig withToken(Supplier<String> changed) {
        return new HubClientConfig(
                uri, name, Optional.of(changed), connect, reconnect, timeout, maxMessageBytes, maxWaiting);
    }

    public HubClientConfig withConnect(ConnectConfig changed) {
        return new HubClientConfig(uri, name, token, changed, reconnect, timeout, maxMessageBytes, maxWaiting);
    }

    public HubClientConfig withReconnect(Reconnect changed) {
        return new HubClientConfig(uri, name, token, connect, changed, timeout, maxMessageBytes, maxWaiting);
    }

    public HubClientConfig withTimeout(Duration changed) {
        return new HubClientConfig(uri, name, token, connect, reconnect, changed, maxMessageBytes, maxWaiting);
    }

    public HubClientConfig withMaxMessageBytes(int changed) {
        return new HubClientConfig(uri, name, token, connect, reconnect, timeout, changed, maxWaiting);
    }

    public HubClientConfig withMaxWaiting(int changed) {
        return new HubClientConfig(uri, name, token, connect, reconnect, timeout, maxMessageBytes, changed);
    }
}
