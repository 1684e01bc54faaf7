package io.hawser.http;

import io.hawser.policy.BreakerConfig;
import io.hawser.policy.RateLimit;
import io.hawser.policy.RetryConfig;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/// All that a client of one API needs to know.
///
/// @param name of the API in events and metrics
/// @param baseUrl what stands before the targets of calls
/// @param authentication puts the credentials in: one of [Authorization], [DigestAuthorization],
///     [ClientCredentials], [RequestSigning]; default none
/// @param rateLimit that the API allows; calls wait for it within `timeout`; default none
/// @param timeout of one call until its answer begins, waiting and retries included; at most 365 days;
///     default 30 s
/// @param retry how often and how soon; default three attempts
/// @param breaker refuses calls while the API fails
/// @param cache of answers, in memory; default none
public record ApiClientConfig(
        String name,
        String baseUrl,
        Optional<Filter> authentication,
        Optional<RateLimit> rateLimit,
        Duration timeout,
        RetryConfig retry,
        BreakerConfig breaker,
        Optional<HttpCacheConfig> cache) {
    private static final Duration LONGEST_TIMEOUT = Duration.ofDays(365);

    public ApiClientConfig {
        Objects.requireNonNull(name, "name");
        if (!baseUrl.startsWith("https://") && !baseUrl.startsWith("http://")) {
            throw new IllegalArgumentException("baseUrl " + baseUrl + ": an absolute http or https URL");
        }
        Objects.requireNonNull(authentication, "authentication");
        Objects.requireNonNull(rateLimit, "rateLimit");
        if (!timeout.isPositive() || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new IllegalArgumentException("timeout " + timeout + ": above zero, at most 365 days");
        }
        Objects.requireNonNull(retry, "retry");
        Objects.requireNonNull(breaker, "breaker");
        Objects.requireNonNull(cache, "cache");
    }

    public static ApiClientConfig to(String name, String baseUrl) {
        return new ApiClientConfig(
                name,
                baseUrl,
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(30),
                RetryConfig.defaults(),
                BreakerConfig.defaults(),
                Optional.empty());
    }

    public ApiClientConfig withAuthentication(Filter changed) {
        return new ApiClientConfig(name, baseUrl, Optional.of(changed), rateLimit, timeout, retry, breaker, cache);
    }

    public ApiClientConfig withRateLimit(RateLimit changed) {
        return new ApiClientConfig(name, baseUrl, authentication, Optional.of(changed), timeout, retry, breaker, cache);
    }

    public ApiClientConfig withTimeout(Duration changed) {
        return new ApiClientConfig(name, baseUrl, authentication, rateLimit, changed, retry, breaker, cache);
    }

    public ApiClientConfig withRetry(RetryConfig changed) {
        return new ApiClientConfig(name, baseUrl, authentication, rateLimit, timeout, changed, breaker, cache);
    }

    public ApiClientConfig withBreaker(BreakerConfig changed) {
        return new ApiClientConfig(name, baseUrl, authentication, rateLimit, timeout, retry, changed, cache);
    }

    public ApiClientConfig withCache(HttpCacheConfig changed) {
        return new ApiClientConfig(
                name, baseUrl, authentication, rateLimit, timeout, retry, breaker, Optional.of(changed));
    }
}
