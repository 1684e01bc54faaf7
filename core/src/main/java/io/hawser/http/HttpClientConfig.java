package io.hawser.http;

import io.hawser.Resolver;
import io.hawser.Tls;
import io.hawser.internal.http.Targets;
import io.hawser.tcp.ConnectConfig;
import java.util.Optional;
import java.util.Set;

/// How a client of HTTP connects, and what all of its requests have in common.
///
/// @param baseUrl what stands before the targets of requests that do not begin with `http://` or `https://`
/// @param headers fields of every request that has none of the same name
/// @param connect TLS, where it is not that of the JDK's root certificates, proxy and socket options
/// @param versions that are spoken: over TLS the server chooses one of them, without TLS it is HTTP/1.1 where that is
///     among them, and HTTP/2 with prior knowledge where it is not; default both
/// @param maxHeadBytes of an answer; more ends the call; default 64 KiB less one
public record HttpClientConfig(
        Optional<String> baseUrl,
        Headers headers,
        HttpTimeouts timeouts,
        HttpPoolConfig pool,
        ConnectConfig connect,
        int maxHeadBytes,
        Set<HttpVersion> versions) {
    /// What one read of a head takes.
    private static final int MOST_HEAD_BYTES = (64 << 10) - 1;

    private static final HttpClientConfig DEFAULTS = new HttpClientConfig(
            Optional.empty(),
            Headers.of("User-Agent", "hawser"),
            HttpTimeouts.defaults(),
            HttpPoolConfig.defaults(),
            ConnectConfig.defaults().withResolver(Resolver.dns()),
            MOST_HEAD_BYTES,
            Set.of(HttpVersion.HTTP_1_1, HttpVersion.HTTP_2));

    public HttpClientConfig {
        baseUrl.ifPresent(HttpClientConfig::checkBase);
        versions = Set.copyOf(versions);
        if (versions.isEmpty() || versions.contains(HttpVersion.HTTP_1_0)) {
            throw new IllegalArgumentException("versions " + versions + ": HTTP/1.1, HTTP/2 or both");
        }
        if (maxHeadBytes < 1024 || maxHeadBytes > MOST_HEAD_BYTES) {
            throw new IllegalArgumentException("maxHeadBytes " + maxHeadBytes + ": 1024 to " + MOST_HEAD_BYTES);
        }
    }

    private static void checkBase(String url) {
        String scheme = Targets.scheme(Targets.check(url), "");
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException("baseUrl " + url + ": begins with http:// or https://");
        }
        if (url.indexOf('?') >= 0) throw new IllegalArgumentException("baseUrl " + url + ": without a query");
    }

    public static HttpClientConfig defaults() {
        return DEFAULTS;
    }

    /// The defaults for one server.
    ///
    /// @throws IllegalArgumentException if `baseUrl` is no URL of HTTP without a query
    public static HttpClientConfig to(String baseUrl) {
        return DEFAULTS.withBaseUrl(baseUrl);
    }

    public HttpClientConfig withBaseUrl(String changed) {
        return new HttpClientConfig(Optional.of(changed), headers, timeouts, pool, connect, maxHeadBytes, versions);
    }

    public HttpClientConfig withHeaders(Headers changed) {
        return new HttpClientConfig(baseUrl, changed, timeouts, pool, connect, maxHeadBytes, versions);
    }

    /// With one field of that name in every request.
    public HttpClientConfig withHeader(String name, String value) {
        return withHeaders(headers.with(name, value));
    }

    public HttpClientConfig withTimeouts(HttpTimeouts changed) {
        return new HttpClientConfig(baseUrl, headers, changed, pool, connect, maxHeadBytes, versions);
    }

    public HttpClientConfig withPool(HttpPoolConfig changed) {
        return new HttpClientConfig(baseUrl, headers, timeouts, changed, connect, maxHeadBytes, versions);
    }

    public HttpClientConfig withConnect(ConnectConfig changed) {
        return new HttpClientConfig(baseUrl, headers, timeouts, pool, changed, maxHeadBytes, versions);
    }

    /// With what to use TLS with, for the targets that are `https`.
    public HttpClientConfig withTls(Tls changed) {
        return withConnect(connect.withTls(changed));
    }

    public HttpClientConfig withMaxHeadBytes(int changed) {
        return new HttpClientConfig(baseUrl, headers, timeouts, pool, connect, changed, versions);
    }

    /// With these versions only.
    public HttpClientConfig withVersions(HttpVersion... changed) {
        return new HttpClientConfig(baseUrl, headers, timeouts, pool, connect, maxHeadBytes, Set.of(changed));
    }
}
