package io.hawser.http;

import io.hawser.Endpoint;
import io.hawser.ProtocolError;
import io.hawser.internal.http.Names;
import io.hawser.policy.BreakerState;
import io.hawser.policy.EndpointBreakers;
import io.hawser.policy.EndpointStats;
import io.hawser.policy.HealthChecks;
import io.hawser.policy.HealthProbe;
import io.hawser.policy.LoadBalancer;
import io.hawser.policy.Policy;
import io.hawser.policy.PolicyContext;
import io.hawser.policy.Retry;
import io.hawser.policy.RetryBudget;
import io.hawser.policy.Timeout;
import io.hawser.policy.WeightedEndpoint;
import java.util.List;
import java.util.Optional;

/// Several endpoints as one handler: each call goes to one that is well, and if it fails, where it may, to
/// another.
///
/// ```java
/// UpstreamConfig config = UpstreamConfig.named("shop").withHealth("/health", HealthConfig.defaults());
/// try (Upstream shop = Upstream.over(client, endpoints, config)) {
///     Response response = shop.handle(Request.get("http://shop/cart"));
/// }
/// ```
///
/// The host of a request is replaced by that of the endpoint, its scheme by that of the configuration; path
/// and query stay.
///
/// Errors: those of the client; [io.hawser.Rejected] where no endpoint takes the call.
///
/// Thread: safe from any.
public final class Upstream implements HttpHandler, AutoCloseable {
    private final LoadBalancer balancer;
    private final EndpointBreakers breakers;
    private final RetryBudget budget;
    private final Optional<HealthChecks> checks;
    private final HttpHandler handler;

    private Upstream(
            LoadBalancer balancer,
            EndpointBreakers breakers,
            RetryBudget budget,
            Optional<HealthChecks> checks,
            HttpHandler handler) {
        this.balancer = balancer;
        this.breakers = breakers;
        this.budget = budget;
        this.checks = checks;
        this.handler = handler;
    }

    public static Upstream over(HttpHandler client, List<WeightedEndpoint> endpoints, UpstreamConfig config) {
        return over(client, endpoints, config, PolicyContext.of(config.name()));
    }

    /// With the clock, the randomness and the listener of `context`.
    public static Upstream over(
            HttpHandler client, List<WeightedEndpoint> endpoints, UpstreamConfig config, PolicyContext context) {
        LoadBalancer balancer = LoadBalancer.over(endpoints, config.balancer(), context);
        EndpointBreakers breakers = EndpointBreakers.of(config.breaker(), context);
        RetryBudget budget = RetryBudget.defaults();
        Policy policy = Policy.ordered(
                Retry.of(config.retry(), budget, context),
                balancer,
                breakers,
                Timeout.perAttempt(config.attemptTimeout(), context));
        // Not the `with` of a client, whose filters see whole targets: this one makes them.
        HttpHandler calls = request -> client.handle(withKeptHost(request));
        HttpHandler handler = calls.with(
                PolicyFilter.of(config.name(), policy).on(context.time()).in(scheme(config)));
        Optional<HealthChecks> checks = config.healthPath().isEmpty()
                ? Optional.empty()
                : Optional.of(HealthChecks.start(balancer, breakers, probe(client, config), config.health()));
        return new Upstream(balancer, breakers, budget, checks, handler);
    }

    /// The policies have put the endpoint in its place.
    private static Request withKeptHost(Request request) {
        Optional<String> kept = request.attribute(Proxy.KEPT_HOST);
        return kept.isEmpty() || kept.get().isEmpty() ? request : request.withHeader(Names.HOST, kept.get());
    }

    private static HealthProbe probe(HttpHandler client, UpstreamConfig config) {
        return endpoint -> {
            String url = scheme(config) + "://" + endpoint + config.healthPath();
            Response response = client.handle(Request.get(url));
            response.body().close();
            if (response.status() < 400) return;
            throw new ProtocolError(Status.BAD_GATEWAY, url + " answered " + response, "its health check");
        };
    }

    private static String scheme(UpstreamConfig config) {
        return config.tls() ? "https" : "http";
    }

    @Override
    public Response handle(Request request) throws Exception {
        return handler.handle(request);
    }

    /// From now on these endpoints.
    public void update(List<WeightedEndpoint> endpoints) {
        balancer.update(endpoints);
    }

    /// What is known of each endpoint.
    public List<EndpointStats> stats() {
        return balancer.stats();
    }

    /// What the breaker of `endpoint` does with calls.
    public BreakerState breaker(Endpoint endpoint) {
        return breakers.of(endpoint).state();
    }

    /// What is left for retries, of all its calls together.
    public RetryBudget retryBudget() {
        return budget;
    }

    /// Whether its endpoints are asked how they are.
    public boolean isChecked() {
        return checks.isPresent();
    }

    /// Ends the health checks. The client stays open.
    @Override
    public void close() {
        checks.ifPresent(HealthChecks::close);
        balancer.close();
    }
}
