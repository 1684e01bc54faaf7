package io.hawser.policy;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.hawser.Endpoint;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A [CircuitBreaker] for each endpoint that calls go to. Stands inside a [LoadBalancer], which asks another
/// endpoint when one is refused.
///
/// A breaker that nobody asked for in an hour, by a call, a health check or [#of(Endpoint)], is forgotten,
/// and so is what was forced on it; at most 10,000 are remembered. Calls without an endpoint share one.
public final class EndpointBreakers implements Policy {
    private static final int MAX_ENDPOINTS = 10_000;
    private static final Duration IDLE = Duration.ofHours(1);
    private static final Endpoint NOWHERE = Endpoint.of("localhost", 0);

    private final LoadingCache<Endpoint, CircuitBreaker> breakers;

    private EndpointBreakers(BreakerConfig config, PolicyContext context) {
        this.breakers = Caffeine.newBuilder()
                .maximumSize(MAX_ENDPOINTS)
                .expireAfterAccess(IDLE)
                .ticker(context.time()::nanoTime)
                .executor(Runnable::run)
                .build(endpoint -> CircuitBreaker.of(config, endpoint.toString(), context));
    }

    public static EndpointBreakers of(BreakerConfig config, PolicyContext context) {
        return new EndpointBreakers(config, context);
    }

    /// The breaker of `endpoint`, to look at and to force.
    public CircuitBreaker of(Endpoint endpoint) {
        return Objects.requireNonNull(breakers.get(endpoint), "the loader makes one");
    }

    @Override
    public Place place() {
        return Place.BREAKER;
    }

    @Override
    public <T extends @Nullable Object> T call(Attempt attempt, Call<T> next) throws Exception {
        return of(attempt.endpoint().orElse(NOWHERE)).call(attempt, next);
    }
}
