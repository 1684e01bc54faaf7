package io.hawser.http;

import java.time.Duration;

/// How a [Proxy] passes requests on.
///
/// @param name of this gateway in `Via`: printable ASCII without spaces and `( ) , ; " \`; default `hawser`
/// @param stripped the beginning of the path that the upstream does not get, such as `/shop`, which it is
///     told in `X-Forwarded-Prefix`; empty, the default: the whole path is passed on
/// @param hostKept whether the upstream gets the `Host` of the client; default no, it gets its own, and the
///     client's in `Forwarded` and `X-Forwarded-Host`
/// @param webSocketIdle how long nothing may go either way over a WebSocket, pings included; then both ends
///     are told 1001; above zero, default 60 s
public record ProxyConfig(String name, String stripped, boolean hostKept, Duration webSocketIdle) {
    private static final ProxyConfig DEFAULTS = new ProxyConfig("hawser", "", false, Duration.ofSeconds(60));

    public ProxyConfig {
        if (name.isEmpty() || !name.chars().allMatch(c -> c > ' ' && c < 0x7f && "(),;\"\\".indexOf(c) < 0)) {
            throw new IllegalArgumentException("name '" + name + "': printable ASCII without spaces and ( ) , ; \" \\");
        }
        if (!stripped.isEmpty() && (!stripped.startsWith("/") || stripped.endsWith("/"))) {
            throw new IllegalArgumentException("stripped '" + stripped + "': begins with / and does not end with it");
        }
        if (!webSocketIdle.isPositive()) {
            throw new IllegalArgumentException("webSocketIdle " + webSocketIdle + ": above zero");
        }
    }

    public static ProxyConfig defaults() {
        return DEFAULTS;
    }

    public ProxyConfig withName(String changed) {
        return new ProxyConfig(changed, stripped, hostKept, webSocketIdle);
    }

    public ProxyConfig withStripped(String changed) {
        return new ProxyConfig(name, changed, hostKept, webSocketIdle);
    }

    public ProxyConfig withHostKept(boolean changed) {
        return new ProxyConfig(name, stripped, changed, webSocketIdle);
    }

    public ProxyConfig withWebSocketIdle(Duration changed) {
        return new ProxyConfig(name, stripped, hostKept, changed);
    }
}
