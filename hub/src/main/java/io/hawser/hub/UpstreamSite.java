package io.hawser.hub;

import io.hawser.Endpoint;
import io.hawser.http.UpstreamConfig;
import java.util.List;
import java.util.Locale;

/// A service that the hub stands in front of.
///
/// @param host for which it answers, in lower case; empty for any
/// @param path where, such as `/shop`; empty for all of the host
/// @param isStripped whether the service gets what follows the path alone
/// @param endpoints where it is
/// @param config its name, how it is balanced, and when it is asked again
/// @param isCached whether what it allows to be kept is kept and shared
public record UpstreamSite(
        String host,
        String path,
        boolean isStripped,
        List<Endpoint> endpoints,
        UpstreamConfig config,
        boolean isCached) {
    public UpstreamSite {
        if (!host.equals(host.toLowerCase(Locale.ROOT)) || host.indexOf(':') >= 0) {
            throw new IllegalArgumentException("host '" + host + "': in lower case, without a port");
        }
        if (path.isEmpty() && host.isEmpty()) throw new IllegalArgumentException("path '/': the hub's own");
        if (!path.isEmpty()) FileSite.check(path, host.isEmpty());
        if (endpoints.isEmpty()) throw new IllegalArgumentException("endpoints: at least one");
        endpoints = List.copyOf(endpoints);
    }

    /// `name` from `where`: a path, or a host and a path, as in `shop.example/cart`.
    public static UpstreamSite at(String where, List<Endpoint> endpoints, UpstreamConfig config) {
        int slash = where.indexOf('/');
        if (slash < 0) throw new IllegalArgumentException("path '" + where + "': /path or host/path");
        String path = where.substring(slash);
        String host = where.substring(0, slash).toLowerCase(Locale.ROOT);
        return new UpstreamSite(host, path.equals("/") ? "" : path, false, endpoints, config, false);
    }

    public UpstreamSite withStripped(boolean changed) {
        return new UpstreamSite(host, path, changed, endpoints, config, isCached);
    }

    public UpstreamSite withCached(boolean changed) {
        return new UpstreamSite(host, path, isStripped, endpoints, config, changed);
    }

    /// Host and path, as in the configuration.
    String where() {
        return host + (path.isEmpty() ? "/" : path);
    }
}
