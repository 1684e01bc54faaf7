package io.hawser.config;

import io.hawser.http.ApiClient;
import io.hawser.http.ApiClientConfig;
import io.hawser.http.HttpClientConfig;
import io.hawser.policy.RateLimit;
import io.hawser.policy.RetryConfig;
import java.net.URI;
import java.time.Duration;

/// A client of one API.
///
/// @param baseUrl where its paths begin
/// @param rateLimitPerMinute calls a minute; 0 is no limit
/// @param timeout of a call, its retries included
public record ApiClientSettings(@Setting(required = true) URI baseUrl, int rateLimitPerMinute, Duration timeout) {
    private static final ApiClientSettings DEFAULTS =
            new ApiClientSettings(URI.create("http://127.0.0.1"), 0, Duration.ofSeconds(30));

    public ApiClientSettings {
        boolean isHttp = "http".equalsIgnoreCase(baseUrl.getScheme()) || "https".equalsIgnoreCase(baseUrl.getScheme());
        if (!isHttp || baseUrl.getHost() == null) {
            throw new IllegalArgumentException("baseUrl '" + baseUrl + "': http or https, and a host");
        }
        if (rateLimitPerMinute < 0) {
            throw new IllegalArgumentException("rateLimitPerMinute " + rateLimitPerMinute + ": 0 or more");
        }
        if (!timeout.isPositive()) throw new IllegalArgumentException("timeout " + timeout + ": above zero");
    }

    /// All but the URL, which has no default.
    public static ApiClientSettings defaults() {
        return DEFAULTS;
    }

    /// What [ApiClient#open(ApiClientConfig)] takes, for the API that the file calls `name`. Credentials and a
    /// cache are added in code.
    public ApiClientConfig toConfig(String name, HttpClientSettings http) {
        ApiClientConfig config = ApiClientConfig.to(name, baseUrl.toString())
                .withTimeout(timeout)
                .withRetry(RetryConfig.defaults().withAttempts(http.retryAttempts()));
        if (rateLimitPerMinute == 0) return config;
        return config.withRateLimit(RateLimit.perWindow(rateLimitPerMinute, Duration.ofMinutes(1)));
    }

    /// A client of it.
    ApiClient open(String name, HttpClientSettings http) {
        HttpClientSettings own =
                new HttpClientSettings(timeout, http.maxConnections(), http.retryAttempts(), http.maxUpgraded());
        HttpClientConfig network = own.applyTo(HttpClientConfig.defaults());
        return ApiClient.open(toConfig(name, http), network);
    }
}
