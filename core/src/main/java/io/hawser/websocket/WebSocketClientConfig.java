package io.hawser.websocket;

import io.hawser.Endpoint;
import io.hawser.Reconnect;
import io.hawser.http.Headers;
import io.hawser.http.HttpClient;
import io.hawser.tcp.ConnectConfig;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// Where a WebSocket client connects, and what it does when it cannot.
///
/// @param uri such as `ws://localhost:9000/ws` or `wss://example.org/feed?from=1`; its host as [Endpoint]
///     has it
/// @param headers more fields for the handshake, such as `Authorization`, `Cookie` or `Origin`; those that
///     change, as a token does that expires, are for [ConnectHook#headers()]
/// @param websocket limits, subprotocols and compression
/// @param connect TLS, where `wss` is not served by a public authority, proxy and socket options
/// @param pongTimeout how long the server may take to answer a ping before it is given up; default 10 s
/// @param maxQueuedMessages messages that may wait while there is no connection; more are refused; default
///     1,024
/// @param maxQueuedBytes the payload of those; default 4 MiB
public record WebSocketClientConfig(
        URI uri,
        Headers headers,
        WebSocketConfig websocket,
        ConnectConfig connect,
        Reconnect reconnect,
        Duration pongTimeout,
        int maxQueuedMessages,
        int maxQueuedBytes) {
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE / 2);
    private static final Set<String> OWN_FIELDS = Set.of("host", "upgrade", "connection", "content-length");

    public WebSocketClientConfig {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("ws") && !scheme.equals("wss")) {
            throw new IllegalArgumentException("uri " + uri + ": begins with ws:// or wss://");
        }
        String authority = uri.getRawAuthority();
        if (authority == null) throw new IllegalArgumentException("uri " + uri + ": a host");
        if (authority.indexOf('@') >= 0) {
            throw new IllegalArgumentException("uri: user and password go into the field Authorization");
        }
        var _ = endpoint(uri);
        if (uri.getRawFragment() != null) throw new IllegalArgumentException("uri " + uri + ": without a fragment");
        Set<String> own = new TreeSet<>(headers.names());
        own.removeIf(name -> !OWN_FIELDS.contains(name) && !name.startsWith("sec-websocket-"));
        if (!own.isEmpty()) throw new IllegalArgumentException("headers " + own + ": the handshake has its own");
        if (!pongTimeout.isPositive()) {
            throw new IllegalArgumentException("pongTimeout " + pongTimeout + ": above zero");
        }
        if (pongTimeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("pongTimeout " + pongTimeout + ": at most 146 years");
        }
        if (maxQueuedMessages < 0) {
            throw new IllegalArgumentException("maxQueuedMessages " + maxQueuedMessages + ": 0 or more");
        }
        if (maxQueuedBytes < 0) throw new IllegalArgumentException("maxQueuedBytes " + maxQueuedBytes + ": 0 or more");
    }

    /// The defaults, for this server.
    ///
    /// @throws IllegalArgumentException if `uri` is none of a WebSocket
    public static WebSocketClientConfig to(String uri) {
        return new WebSocketClientConfig(
                URI.create(uri),
                Headers.EMPTY,
                WebSocketConfig.defaults(),
                ConnectConfig.defaults(),
                Reconnect.defaults(),
                Duration.ofSeconds(10),
                1024,
                4 << 20);
    }

    /// A WebSocket of the server that `client` calls, by the same TLS, proxy, socket options and fields.
    ///
    /// @param path what follows the client's base URL, or a whole URL of `ws`, `wss`, `http` or `https`
    public static WebSocketClientConfig of(HttpClient client, String path) {
        boolean isWhole = path.startsWith("ws://") || path.startsWith("wss://");
        String url = client.get(isWhole ? "http" + path.substring(2) : path)
                .request()
                .target();
        return to("ws" + url.substring("http".length()))
                .withHeaders(client.config().headers())
                .withConnect(client.config().connect());
    }

    /// Whether it connects with TLS.
    public boolean isSecure() {
        return isSecure(uri);
    }

    private static boolean isSecure(URI uri) {
        return uri.getScheme().equalsIgnoreCase("wss");
    }

    /// Where it connects to: host and port, which is 80 or, with TLS, 443 where the URI has none.
    public Endpoint endpoint() {
        return endpoint(uri);
    }

    /// Not by the URI's own parts, which it does not have of a host with an underscore.
    private static Endpoint endpoint(URI uri) {
        String authority = uri.getRawAuthority();
        String host = authority.endsWith(":") ? authority.substring(0, authority.length() - 1) : authority;
        Endpoint endpoint = Endpoint.parse(host, isSecure(uri) ? 443 : 80);
        if (endpoint.isUnix() || endpoint.port() == 0) {
            throw new IllegalArgumentException("uri " + uri + ": a host and port");
        }
        return endpoint;
    }

    /// With one more field in the handshake.
    public WebSocketClientConfig withHeader(String name, String value) {
        return withHeaders(headers.with(name, value));
    }

    public WebSocketClientConfig withHeaders(Headers changed) {
        return new WebSocketClientConfig(
                uri, changed, websocket, connect, reconnect, pongTimeout, maxQueuedMessages, maxQueuedBytes);
    }

    public WebSocketClientConfig withWebSocket(WebSocketConfig changed) {
        return new WebSocketClientConfig(
                uri, headers, changed, connect, reconnect, pongTimeout, maxQueuedMessages, maxQueuedBytes);
    }

    public WebSocketClientConfig withConnect(ConnectConfig changed) {
        return new WebSocketClientConfig(
                uri, headers, websocket, changed, reconnect, pongTimeout, maxQueuedMessages, maxQueuedBytes);
    }

    public WebSocketClientConfig withReconnect(Reconnect changed) {
        return new WebSocketClientConfig(
                uri, headers, websocket, connect, changed, pongTimeout, maxQueuedMessages, maxQueuedBytes);
    }

    public WebSocketClientConfig withPongTimeout(Duration changed) {
        return new WebSocketClientConfig(
                uri, headers, websocket, connect, reconnect, changed, maxQueuedMessages, maxQueuedBytes);
    }

    public WebSocketClientConfig withQueue(int maxMessages, int maxBytes) {
        return new WebSocketClientConfig(
                uri, headers, websocket, connect, reconnect, pongTimeout, maxMessages, maxBytes);
    }
}
