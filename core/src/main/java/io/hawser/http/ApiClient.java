package io.hawser.http;

import io.hawser.policy.CallMetrics;
import io.hawser.policy.CircuitBreaker;
import io.hawser.policy.Policy;
import io.hawser.policy.PolicyContext;
import io.hawser.policy.PolicyMetrics;
import io.hawser.policy.RateLimiter;
import io.hawser.policy.Retry;
import io.hawser.policy.RetryBudget;
import io.hawser.policy.Timeout;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A client of one API: typed calls below a base URL, with authentication, rate limit, retries, breaker, cache and
/// metrics from one configuration.
///
/// ```java
/// try (ApiClient shop = ApiClient.open(ApiClientConfig.to("shop", "https://api.example.org/v1")
///         .withAuthentication(Authorization.bearer(token))
///         .withRateLimit(RateLimit.perWindow(60, Duration.ofMinutes(1))))) {
///     User user = shop.get("/users/42").as(User.class);
///     for (Order[] page : shop.pages("/orders", Order[].class, Paging.byLink())) use(page);
/// }
/// ```
///
/// From outside: metrics and time limit, redirects, cache, retry, rate limit (which learns from what the API says is
/// left), breaker, authentication, decompression.
///
/// Errors: those of [HttpClient] and of the policies ([io.hawser.Rejected] for an open breaker).
///
/// Thread: safe from any.
public final class ApiClient implements HttpHandler, AutoCloseable {
    private final HttpClient client;
    private final Optional<HttpCache> cache;
    private final Runnable closing;

    private ApiClient(HttpClient client, Optional<HttpCache> cache, Runnable closing) {
        this.client = client;
        this.cache = cache;
        this.closing = closing;
    }

    /// With connections of its own.
    public static ApiClient open(ApiClientConfig config) {
        return open(config, network(config));
    }

    /// With connections of its own, which `network` tells about; the base URL is that of `config`.
    public static ApiClient open(ApiClientConfig config, HttpClientConfig network) {
        HttpClient client = HttpClient.open(network.withBaseUrl(config.baseUrl()));
        return of(client, config, PolicyContext.of(config.name()), List.of(), client::close);
    }

    /// With connections of its own; its calls are timed in `registry` as `hawser.calls`, and what its policies did is
    /// counted there.
    public static ApiClient open(ApiClientConfig config, MeterRegistry registry) {
        HttpClient network = HttpClient.open(network(config).withBaseUrl(config.baseUrl()));
        PolicyContext context = PolicyContext.of(config.name()).withListener(PolicyMetrics.of(registry));
        return of(network, config, context, List.of(CallMetrics.of(registry, context)), network::close);
    }

    /// An answer may take as long to begin as the whole call.
    private static HttpClientConfig network(ApiClientConfig config) {
        HttpClientConfig defaults = HttpClientConfig.defaults();
        return defaults.withTimeouts(defaults.timeouts().withFirstByte(config.timeout()));
    }

    /// Through `handler`: a client that is shared, or a fake.
    ///
    /// Owner: closing this leaves `handler` open.
    public static ApiClient over(HttpHandler handler, ApiClientConfig config) {
        return over(handler, config, PolicyContext.of(config.name()));
    }

    /// With the clock, the randomness and the listener of `context`.
    public static ApiClient over(HttpHandler handler, ApiClientConfig config, PolicyContext context) {
        HttpClient client = HttpClient.over(handler, HttpClientConfig.to(config.baseUrl()));
        return of(client, config, context, List.of(), () -> {});
    }

    private static ApiClient of(
            HttpClient network, ApiClientConfig config, PolicyContext context, List<Policy> metrics, Runnable closing) {
        List<Policy> outside = new ArrayList<>(metrics);
        outside.add(Timeout.overall(config.timeout(), context));
        List<Policy> inside = new ArrayList<>();
        inside.add(Retry.of(config.retry(), RetryBudget.defaults(), context));
        inside.add(CircuitBreaker.of(config.breaker(), context));
        Optional<RateLimiter> limiter =
                config.rateLimit().map(limit -> RateLimiter.waiting(limit, config.timeout(), context));
        limiter.ifPresent(inside::add);
        PolicyFilter attempts = filter(config, inside, context);
        Optional<HttpCache> cache =
                config.cache().map(settings -> HttpCache.of(settings, CacheStore.inMemory(), context.time()));

        List<Filter> filters = new ArrayList<>();
        filters.add(filter(config, outside, context));
        filters.add(Redirects.defaults());
        cache.ifPresent(filters::add);
        filters.add(limiter.map(attempts::teaching).orElse(attempts));
        config.authentication().ifPresent(filters::add);
        filters.add(Decompression.defaults());
        return new ApiClient(network.with(filters.toArray(Filter[]::new)), cache, closing);
    }

    private static PolicyFilter filter(ApiClientConfig config, List<Policy> policies, PolicyContext context) {
        return PolicyFilter.of(config.name(), Policy.ordered(policies.toArray(Policy[]::new)))
                .on(context.time());
    }

    /// The client with which calls are made.
    public HttpClient client() {
        return client;
    }

    public HttpCall get(String url) {
        return client.get(url);
    }

    public HttpCall post(String url) {
        return client.post(url);
    }

    public HttpCall put(String url) {
        return client.put(url);
    }

    public HttpCall patch(String url) {
        return client.patch(url);
    }

    public HttpCall delete(String url) {
        return client.delete(url);
    }

    /// The pages of a listing, each fetched when it is asked for, its JSON read as `type`.
    public <T> Pages<T> pages(String url, Class<T> type, Paging<? super T> paging) {
        return new Pages<>(client, get(url).request(), type, paging);
    }

    /// What its cache did; empty without one.
    public Optional<CacheStats> cacheStats() {
        return cache.map(HttpCache::stats);
    }

    @Override
    public Response handle(Request request) throws Exception {
        return client.handle(request);
    }

    /// Closes its cache, and its connections where they are its own.
    @Override
    public void close() {
        cache.ifPresent(HttpCache::close);
        closing.run();
    }
}
