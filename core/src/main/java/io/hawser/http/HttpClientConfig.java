package io.hawser.http;

import io.hawser.Resolver;
import io.hawser.Tls;
import io.hawser.internal.http.Targets;
import io.hawser.tcp.ConnectConfig;
import java.util.Optional;

/// How a client of HTTP connects, and what all of its requests have in common.
///
/// @param baseUrl what stands before the targets of requests that do not begin with `http://` or `https://`
/// @param headers fields of every request that has none of the same name
/// @param connect TLS, where it is not that of the JDK's root certificates, proxy and socket options
/// @param maxHeadBytes of an answer; more ends the call; default 64 KiB less one
public record HttpClientConfig(
        Optional<String> baseUrl,
        Headers headers,
        HttpTimeouts timeouts,
        HttpPoolConfig pool,
        ConnectConfig connect,
        int maxHeadBytes) {
    /// What one read of a head takes.
    private static final int MOST_HEAD_BYTES = (64 << 10) - 1;

    private static final HttpClientConfig DEFAULTS = new HttpClientConfig(
            Optional.empty(),
            Headers.of("User-Agent", "hawser"),
            HttpTimeouts.defaults(),
            HttpPoolConfig.defaults(),
            ConnectConfig.defaults().withResolver(Resolver.dns()),
            MOST_HEAD_BYTES);

    public HttpClientConfig {
        baseUrl.ifPresent(HttpClientConfig::checkBase);
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
        return new HttpClientConfig(Optional.of(changed), headers, timeouts, pool, connect, maxHeadBytes);
    }

    public HttpClientConfig withHeaders(Headers changed) {
        return new HttpClientConfig(baseUrl, changed, timeouts, pool, connect, maxHeadBytes);
    }

    /// With one field of that name in every request.
    public HttpClientConfig withHeader(String name, String value) {
        return withHeaders(headers.with(name, value));
    }

    public HttpClientConfig withTimeouts(HttpTimeouts changed) {
        return new HttpClientConfig(baseUrl, headers, changed, pool, connect, maxHeadBytes);
    }

    public HttpClientConfig withPool(HttpPoolConfig changed) {
        return new HttpClientConfig(baseUrl, headers, timeouts, changed, connect, maxHeadBytes);
    }

    public HttpClientConfig withConnect(ConnectConfig changed) {
        return new HttpClientConfig(baseUrl, headers, timeouts, pool, changed, maxHeadBytes);
    }

    /// With what to use TLS with, for the targets that are `https`.
    public HttpClientConfig withTls(Tls changed) {
        return withConnect(connect.withTls(changed));
    }

    public HttpClientConfig withMaxHeadBytes(int changed) {
        return new HttpClientConfig(baseUrl, headers, timeouts, pool, connect, changed);
    }
}
