package io.hawser.hub.config;

import io.hawser.Endpoint;
import io.hawser.config.Setting;
import io.hawser.http.UpstreamConfig;
import io.hawser.hub.UpstreamSite;
import io.hawser.policy.Balance;
import io.hawser.policy.BalancerConfig;
import io.hawser.policy.BreakerConfig;
import io.hawser.policy.RetryConfig;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One service that the hub stands in front of.
///
/// @param path where, such as `/shop`, on any host; or with the host before it, such as `shop.example/` for all of
///     that host
/// @param stripPath whether the service gets only what follows the path
/// @param endpoints where it is, such as `http://127.0.0.1:8081`; all `http` or all `https`
/// @param balance how calls are spread over them
/// @param retry of calls that fail and may be repeated
/// @param breaker of each endpoint
/// @param health how each is asked whether it is well; without, nobody asks
/// @param cache whether what it allows to be kept is kept, and shared by all
public record UpstreamSettings(
        @Setting(required = true) String path,
        boolean stripPath,
        @Setting(required = true) List<URI> endpoints,
        Balance balance,
        RetryConfig retry,
        BreakerConfig breaker,
        Optional<UpstreamHealthSettings> health,
        boolean cache) {
    private static final UpstreamSettings DEFAULTS = new UpstreamSettings(
            "",
            false,
            List.of(),
            Balance.P2C,
            RetryConfig.defaults(),
            BreakerConfig.defaults(),
            Optional.empty(),
            false);

    public UpstreamSettings {
        endpoints = List.copyOf(endpoints);
        boolean isTls = isTls(endpoints);
        for (URI endpoint : endpoints) {
            var _ = endpoint(endpoint);
            if (isTls(List.of(endpoint)) != isTls) {
                throw new IllegalArgumentException("endpoints: all http or all https");
            }
        }
        if (!path.isEmpty()) {
            if (endpoints.isEmpty()) throw new IllegalArgumentException("endpoints: at least one");
            var _ = UpstreamSite.at(path, List.of(Endpoint.of("localhost", 80)), UpstreamConfig.named("upstream"));
        }
    }

    /// All but path and endpoints, which have no default.
    public static UpstreamSettings defaults() {
        return DEFAULTS;
    }

    /// @param timeout of one attempt
    UpstreamSite toSite(String name, Duration timeout) {
        UpstreamConfig config = UpstreamConfig.named(name)
                .withTls(isTls(endpoints))
                .withBalancer(BalancerConfig.defaults().withBalance(balance))
                .withRetry(retry)
                .withBreaker(breaker)
                .withAttemptTimeout(timeout);
        if (health.isPresent())
            config = config.withHealth(health.get().path(), health.get().toConfig());
        List<Endpoint> addresses =
                endpoints.stream().map(UpstreamSettings::endpoint).toList();
        return UpstreamSite.at(path, addresses, config).withStripped(stripPath).withCached(cache);
    }

    private static boolean isTls(List<URI> endpoints) {
        return !endpoints.isEmpty()
                && "https".equalsIgnoreCase(endpoints.getFirst().getScheme());
    }

    private static Endpoint endpoint(URI uri) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        boolean isBare = uri.getRawPath() == null
                || uri.getRawPath().isEmpty()
                || uri.getRawPath().equals("/");
        boolean isGood = (scheme.equals("http") || scheme.equals("https"))
                && uri.getHost() != null
                && isBare
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null
                && uri.getRawUserInfo() == null;
        if (!isGood)
            throw new IllegalArgumentException("endpoints '" + uri + "': http://host:port or https://host:port");
        int usual = scheme.equals("https") ? 443 : 80;
        return Endpoint.parse(uri.getAuthority(), usual);
    }
}
