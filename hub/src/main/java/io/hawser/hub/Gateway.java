package io.hawser.hub;

import io.hawser.Endpoint;
import io.hawser.http.Headers;
import io.hawser.http.HttpCache;
import io.hawser.http.HttpCacheConfig;
import io.hawser.http.HttpClient;
import io.hawser.http.HttpClientConfig;
import io.hawser.http.HttpHandler;
import io.hawser.http.Problem;
import io.hawser.http.Proxy;
import io.hawser.http.ProxyConfig;
import io.hawser.http.Request;
import io.hawser.http.Response;
import io.hawser.http.Status;
import io.hawser.http.Upstream;
import io.hawser.hub.access.Guard;
import io.hawser.hub.dashboard.Latencies;
import io.hawser.io.ExecutionMode;
import io.hawser.io.IoThreads;
import io.hawser.metrics.HttpMetrics;
import io.hawser.metrics.PoolMetrics;
import io.hawser.policy.EndpointStats;
import io.hawser.policy.PolicyContext;
import io.hawser.policy.PolicyListener;
import io.hawser.policy.PolicyMetrics;
import io.hawser.policy.RetryBudget;
import io.hawser.policy.WeightedEndpoint;
import io.hawser.pool.PoolStats;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// The services that the hub stands in front of: a host before any host, a longer path before a shorter one.
///
/// Thread: safe from any; requests run on virtual threads, as they wait.
///
/// Lock: this monitor guards which services there are, and the client; both are opened while it is held.
final class Gateway implements AutoCloseable {
    private record Route(UpstreamSite site, Proxy proxy, Optional<HttpCache> cache, HttpHandler handler) {
        boolean has(String authority, String path) {
            if (!site.host().isEmpty() && !isAt(site.host(), authority)) return false;
            String begin = site.path();
            return path.startsWith(begin)
                    && (begin.isEmpty() || path.length() == begin.length() || path.charAt(begin.length()) == '/');
        }

        /// Whether `authority` is that host, with a port or without.
        private static boolean isAt(String host, String authority) {
            int end = host.length();
            return authority.regionMatches(true, 0, host, 0, end)
                    && (authority.length() == end || authority.charAt(end) == ':');
        }

        Map<String, Object> describe(Latencies requests) {
            Upstream upstream = proxy.upstream();
            Map<String, Object> about = new LinkedHashMap<>();
            about.put("name", site.config().name());
            about.put("path", site.where());
            about.put("balance", site.config().balancer().balance().name().toLowerCase(Locale.ROOT));
            about.put("checked", upstream.isChecked());
            RetryBudget budget = upstream.retryBudget();
            about.put("retry_budget", Map.of("left", budget.left(), "capacity", budget.capacity()));
            about.put("requests", requests.toMap(site.where()));
            about.put("endpoints", upstream.stats().stream().map(this::toMap).toList());
            cache.ifPresent(kept -> about.put("cache", kept.stats()));
            return about;
        }

        private Map<String, Object> toMap(EndpointStats stats) {
            Map<String, Object> about = new LinkedHashMap<>();
            about.put("endpoint", stats.endpoint().toString());
            about.put("healthy", stats.healthy());
            about.put("ejected", stats.ejected());
            about.put("breaker", breaker(stats.endpoint()));
            about.put("concurrent", stats.concurrent());
            about.put("latency_ms", stats.latency().toNanos() / 1e6);
            return about;
        }

        /// Ends what goes on beside the calls.
        void close() {
            cache.ifPresent(HttpCache::close);
            proxy.close();
        }

        private String breaker(Endpoint endpoint) {
            return proxy.upstream().breaker(endpoint).name().toLowerCase(Locale.ROOT);
        }
    }

    private final HttpClientConfig calls;
    private final ProxyConfig common;
    private final Latencies requests;
    private final MeterRegistry registry;
    private final HttpMetrics metrics;
    private final PolicyListener events;
    private final ExecutionMode mode;
    private final IoThreads io;
    /// Opened with the first service; guarded by this monitor, as is `isClosed`.
    private @Nullable HttpClient client;

    private boolean isClosed;
    private volatile List<Route> routes = List.of();

    private Gateway(
            HttpClientConfig calls, ProxyConfig common, MeterRegistry registry, ExecutionMode mode, IoThreads io) {
        this.calls = calls;
        this.common = common;
        this.requests = Latencies.ofRequests(registry);
        this.registry = registry;
        this.metrics = HttpMetrics.of(registry);
        this.events = PolicyListener.all(PolicyMetrics.of(registry), new GatewayEvents());
        this.mode = mode;
        this.io = io;
    }

    /// @param registry where its requests, its connections, and what the policies do are measured
    static Gateway open(HubConfig config, MeterRegistry registry, IoThreads io) {
        Protocols protocols = config.protocols();
        ProxyConfig common = ProxyConfig.defaults()
                .withName(config.node())
                .withWebSocketIdle(protocols.messaging().session().limits().idleTimeout());
        HttpClientConfig calls = HttpClientConfig.defaults().withHeaders(Headers.EMPTY);
        Gateway gateway =
                new Gateway(config.sites().http().applyTo(calls), common, registry, waiting(protocols.handlers()), io);
        try {
            gateway.exchange(config.sites().upstreams());
        } catch (RuntimeException failure) {
            gateway.close();
            throw failure;
        }
        return gateway;
    }

    /// Where requests wait for the services, if the hub's own handlers run in `mode`.
    private static ExecutionMode waiting(ExecutionMode mode) {
        return mode == ExecutionMode.EVENT_LOOP ? ExecutionMode.VIRTUAL : mode;
    }

    /// From now on these services. One that stays as it is keeps what is known of it; calls that are under
    /// way go on.
    synchronized void exchange(List<UpstreamSite> sites) {
        if (isClosed) return;
        Map<UpstreamSite, Route> before = new LinkedHashMap<>();
        for (Route route : routes) before.put(route.site(), route);
        List<Route> changed = new ArrayList<>();
        List<Route> opened = new ArrayList<>();
        try {
            for (UpstreamSite site : sites) {
                Route same = before.remove(site);
                if (same == null) opened.add(open(site));
                changed.add(same == null ? opened.getLast() : same);
            }
        } catch (RuntimeException failure) {
            opened.forEach(Route::close);
            throw failure;
        }
        changed.sort(Comparator.<Route, Boolean>comparing(
                        route -> route.site().host().isEmpty())
                .thenComparingInt(route -> -route.site().path().length()));
        routes = List.copyOf(changed);
        before.values().forEach(Route::close);
    }

    private Route open(UpstreamSite site) {
        HttpClient shared = client;
        if (shared == null) {
            shared = HttpClient.open(calls, io);
            client = shared;
            HttpClient measured = shared;
            PoolMetrics.of("upstreams", () -> PoolStats.sum(measured.pools().values()))
                    .bindTo(registry);
        }
        PolicyContext context = PolicyContext.of(site.config().name()).withListener(events);
        Upstream upstream = Upstream.over(shared, WeightedEndpoint.equally(site.endpoints()), site.config(), context);
        Proxy proxy = Proxy.to(upstream, common.withStripped(site.isStripped() ? site.path() : ""));
        Optional<HttpCache> cache = site.isCached()
                ? Optional.of(
                        HttpCache.of(HttpCacheConfig.defaults().withShared(true).withName(common.name())))
                : Optional.empty();
        HttpHandler inner = cache.map(kept -> cached(proxy, kept)).orElse(proxy);
        HttpHandler handler = inner.with(
                metrics.route(site.where()), (request, next) -> next.handle(Guard.withoutAdminCookie(request)));
        return new Route(site, proxy, cache, handler);
    }

    private static HttpHandler cached(Proxy proxy, HttpCache cache) {
        HttpHandler cached = proxy.with(cache);
        return request -> (isSocket(request) ? proxy : cached).handle(request);
    }

    private static boolean isSocket(Request request) {
        return request.headers().lists("Upgrade", "websocket");
    }

    /// The services, and `others` for all else.
    HttpHandler before(HttpHandler others) {
        return new HttpHandler() {
            @Override
            public Response handle(Request request) throws Exception {
                Route route = find(request);
                return route == null ? others.handle(request) : route.handler().handle(request);
            }

            @Override
            public ExecutionMode mode(Request request) {
                return find(request) == null ? others.mode(request) : mode;
            }
        };
    }

    private @Nullable Route find(Request request) {
        List<Route> known = routes;
        if (known.isEmpty()) return null;
        String path = request.rawPath();
        String authority = request.authority();
        for (Route route : known) {
            if (route.has(authority, path)) return route;
        }
        return null;
    }

    /// What `GET /api/v1/upstreams` says.
    Response describe() {
        return Response.json(Map.of(
                "node",
                common.name(),
                "at",
                System.currentTimeMillis(),
                "upstreams",
                routes.stream().map(route -> route.describe(requests)).toList()));
    }

    /// `DELETE /api/v1/cache`: forgets what was answered with a surrogate `key`, at a `path`, or for URLs that
    /// begin with a `prefix`.
    Response purge(Request request) {
        Optional<String> key = request.query("key");
        Optional<String> path = request.query("path");
        Optional<String> prefix = request.query("prefix");
        if (List.of(key, path, prefix).stream().filter(Optional::isPresent).count() != 1) {
            return Problem.of(Status.BAD_REQUEST, "one of key, path and prefix").response();
        }
        int purged = 0;
        if (key.isPresent()) purged = purge(cache -> cache.purgeTag(key.get()));
        if (path.isPresent()) purged = purge(cache -> cache.purgePath(path.get()));
        if (prefix.isPresent()) purged = purge(cache -> cache.purgePrefix(prefix.get()));
        return Response.json(Map.of("purged", purged));
    }

    private int purge(ToIntFunction<HttpCache> how) {
        return routes.stream()
                .flatMap(route -> route.cache().stream())
                .mapToInt(how)
                .sum();
    }

    /// Ends the health checks and the calls.
    @Override
    public synchronized void close() {
        isClosed = true;
        routes.forEach(Route::close);
        if (client != null) client.close();
    }
}
