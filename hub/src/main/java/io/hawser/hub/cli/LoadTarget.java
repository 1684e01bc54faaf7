package io.hawser.hub.cli;

import io.hawser.Endpoint;
import java.net.URI;
import java.util.Optional;

/// Where load goes.
///
/// @param authority what `Host` says
/// @param path with the query, as it is on the wire
/// @param protocol what to choose by TLS (ALPN); without, there is no TLS
record LoadTarget(Endpoint server, String authority, String path, Optional<String> protocol) {
    private static final int PLAIN_PORT = 80;
    private static final int TLS_PORT = 443;

    /// A server whose protocol has no paths.
    static LoadTarget of(Endpoint server, Optional<String> protocol) {
        return new LoadTarget(server, server.toString(), "", protocol);
    }

    /// What a URL names, over HTTP/1.1.
    ///
    /// @param scheme without TLS: `http` or `ws`
    /// @throws IllegalArgumentException saying which URLs there are
    static LoadTarget parse(String url, String scheme) {
        URI uri = URI.create(url);
        String authority = uri.getRawAuthority();
        boolean isTls = (scheme + "s").equals(uri.getScheme());
        if (authority == null || authority.contains("@") || !(isTls || scheme.equals(uri.getScheme()))) {
            throw new IllegalArgumentException(
                    url + ": " + scheme + "://HOST:PORT/PATH or " + scheme + "s://HOST:PORT/PATH, over HTTP/1.1");
        }
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return new LoadTarget(
                Endpoint.parse(authority, isTls ? TLS_PORT : PLAIN_PORT),
                authority,
                uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery(),
                isTls ? Optional.of("http/1.1") : Optional.empty());
    }
}
