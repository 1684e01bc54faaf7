package io.hawser.config;

import java.time.Duration;

/// How clients of HTTP behave.
///
/// @param timeout of a call, its retries included
/// @param maxConnections to one origin
/// @param retryAttempts of a call that may be repeated, the first included
public record HttpClientSettings(Duration timeout, int maxConnections, int retryAttempts) {
    private static final HttpClientSettings DEFAULTS = new HttpClientSettings(Duration.ofSeconds(30), 100, 3);

    public HttpClientSettings {
        if (!timeout.isPositive()) throw new IllegalArgumentException("timeout " + timeout + ": above zero");
        if (maxConnections < 1) throw new IllegalArgumentException("maxConnections " + maxConnections + ": at least 1");
        if (retryAttempts < 1) throw new IllegalArgumentException("retryAttempts " + retryAttempts + ": at least 1");
    }

    public static HttpClientSettings defaults() {
        return DEFAULTS;
    }
}
