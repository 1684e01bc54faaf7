package io.hawser.config;

import io.hawser.http.HttpClient;
import io.hawser.http.HttpClientConfig;
import io.hawser.http.HttpPoolConfig;
import io.hawser.http.PolicyFilter;
import io.hawser.policy.Policy;
import io.hawser.policy.Retry;
import io.hawser.policy.RetryConfig;
import io.hawser.policy.Timeout;
import java.time.Duration;

/// How clients of HTTP behave.
///
/// @param timeout of a call, its retries included
/// @param maxConnections to one origin; over HTTP/2, calls at once
/// @param retryAttempts of a call that may be repeated, the first included
/// @param maxUpgraded connections to one origin besides, that go on in another protocol, as the WebSockets of a
///     gateway do; one more is answered 503
public record HttpClientSettings(Duration timeout, int maxConnections, int retryAttempts, int maxUpgraded) {
    private static final int MAX_ATTEMPTS = 20;
    private static final HttpClientSettings DEFAULTS = new HttpClientSettings(Duration.ofSeconds(30), 100, 3, 4096);

    public HttpClientSettings {
        if (!timeout.isPositive()) throw new IllegalArgumentException("timeout " + timeout + ": above zero");
        if (maxConnections < 1) throw new IllegalArgumentException("maxConnections " + maxConnections + ": at least 1");
        if (retryAttempts < 1 || retryAttempts > MAX_ATTEMPTS) {
            throw new IllegalArgumentException("retryAttempts " + retryAttempts + ": from 1 to " + MAX_ATTEMPTS);
        }
        if (maxUpgraded < 0) throw new IllegalArgumentException("maxUpgraded " + maxUpgraded + ": 0 or more");
    }

    public static HttpClientSettings defaults() {
        return DEFAULTS;
    }

    /// `config` with the limits on connections, of which there may be as many in all as to one origin at least,
    /// and no wait for an answer longer than the time of a call.
    public HttpClientConfig applyTo(HttpClientConfig config) {
        HttpPoolConfig pool = config.pool();
        return config.withPool(pool.withMaxPerOrigin(maxConnections)
                        .withMaxTotal(Math.max(pool.maxTotal(), maxConnections))
                        .withMaxUpgraded(maxUpgraded))
                .withTimeouts(config.timeouts().withFirstByte(timeout).withIdle(timeout));
    }

    /// A client that keeps to all of it: its limit, its time, its attempts.
    ///
    /// Owner: whoever opens it closes it.
    public HttpClient open() {
        Policy policy = Policy.ordered(
                Timeout.overall(timeout), Retry.of(RetryConfig.defaults().withAttempts(retryAttempts)));
        return HttpClient.open(applyTo(HttpClientConfig.defaults())).with(PolicyFilter.of("http", policy));
    }
}
