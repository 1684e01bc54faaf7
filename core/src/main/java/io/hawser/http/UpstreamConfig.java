package io.hawser.http;

import io.hawser.policy.BalancerConfig;
import io.hawser.policy.BreakerConfig;
import io.hawser.policy.HealthConfig;
import io.hawser.policy.RetryConfig;
import java.time.Duration;
import java.util.Objects;

/// How an [Upstream] spreads its calls and bounds them.
///
/// @param name in events and metrics
/// @param tls whether its endpoints are asked over TLS; default no
/// @param balancer how endpoints are chosen, ejected and warmed up
/// @param retry how often and how soon a failed call is tried elsewhere
/// @param breaker of each endpoint
/// @param attemptTimeout of one attempt, until its answer begins; default 30 s
/// @param healthPath what each endpoint is asked to find out whether it is well: it is where it answers below 400;
///     empty, the default: nothing
/// @param health how often it is asked
public record UpstreamConfig(
        String name,
        boolean tls,
        BalancerConfig balancer,
        RetryConfig retry,
        BreakerConfig breaker,
        Duration attemptTimeout,
        String healthPath,
        HealthConfig health) {

    public UpstreamConfig {
        Objects.requireNonNull(name, "name");
        if (!attemptTimeout.isPositive()) throw new IllegalArgumentException("attemptTimeout: above zero");
        if (!healthPath.isEmpty() && !healthPath.startsWith("/")) {
            throw new IllegalArgumentException("healthPath " + healthPath + ": begins with /");
        }
    }

    public static UpstreamConfig named(String name) {
        return new UpstreamConfig(
                name,
                false,
                BalancerConfig.defaults(),
                RetryConfig.defaults(),
                BreakerConfig.defaults(),
                Duration.ofSeconds(30),
                "",
                HealthConfig.defaults());
    }

    public UpstreamConfig withTls(boolean changed) {
        return new UpstreamConfig(name, changed, balancer, retry, breaker, attemptTimeout, healthPath, health);
    }

    public UpstreamConfig withBalancer(BalancerConfig changed) {
        return new UpstreamConfig(name, tls, changed, retry, breaker, attemptTimeout, healthPath, health);
    }

    public UpstreamConfig withRetry(RetryConfig changed) {
        return new UpstreamConfig(name, tls, balancer, changed, breaker, attemptTimeout, healthPath, health);
    }

    public UpstreamConfig withBreaker(BreakerConfig changed) {
        return new UpstreamConfig(name, tls, balancer, retry, changed, attemptTimeout, healthPath, health);
    }

    public UpstreamConfig withAttemptTimeout(Duration changed) {
        return new UpstreamConfig(name, tls, balancer, retry, breaker, changed, healthPath, health);
    }

    public UpstreamConfig withHealth(String path, HealthConfig changed) {
        return new UpstreamConfig(name, tls, balancer, retry, breaker, attemptTimeout, path, changed);
    }
}
