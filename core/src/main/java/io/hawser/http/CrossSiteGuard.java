package io.hawser.http;

import io.hawser.internal.http.HostNames;
import io.hawser.internal.http.Names;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/// Refuses, with 403 or 421, what a browser sends on behalf of another site: for servers on a loopback
/// address, which any page that the user visits could otherwise reach.
///
/// A request passes if its host is one of `hosts` (a page whose name was made to resolve to 127.0.0.1
/// sends its own name), its `Origin`, where there is one, is its own or one of `origins`, and its
/// `Sec-Fetch-Site`, where there is one, says that it comes from the same origin or from the user;
/// with one of `origins` also from elsewhere.
///
/// @param hosts names and addresses without port, IPv6 in brackets
/// @param origins `scheme://host:port` of other pages that may call; the default port may be left out
public record CrossSiteGuard(Set<String> hosts, Set<String> origins) implements Filter {
    private static final CrossSiteGuard LOOPBACK =
            new CrossSiteGuard(Set.of("localhost", "127.0.0.1", "[::1]"), Set.of());
    private static final Response REFUSED =
            Problem.of(Status.FORBIDDEN, "cross-site request").response();
    private static final Response WRONG_HOST = Problem.of(Status.MISDIRECTED_REQUEST, "this host is not served here")
            .response();

    public CrossSiteGuard {
        Set<String> canonical = new LinkedHashSet<>();
        hosts.forEach(host -> canonical.add(HostNames.canonical(host)));
        hosts = Set.copyOf(canonical);
        Set<String> normal = new LinkedHashSet<>();
        origins.forEach(origin -> normal.add(withoutDefaultPort(origin)));
        origins = Set.copyOf(normal);
    }

    /// Lets `localhost`, `127.0.0.1` and `[::1]` through.
    public static CrossSiteGuard loopback() {
        return LOOPBACK;
    }

    /// With one more host.
    public CrossSiteGuard withHost(String host) {
        Set<String> more = new LinkedHashSet<>(hosts);
        more.add(host);
        return new CrossSiteGuard(more, origins);
    }

    /// With one more origin that may call.
    public CrossSiteGuard withOrigin(String origin) {
        Set<String> more = new LinkedHashSet<>(origins);
        more.add(origin);
        return new CrossSiteGuard(hosts, more);
    }

    @Override
    public Response filter(Request request, HttpHandler next) throws Exception {
        if (!hosts.contains(HostNames.of(request.authority()))) return WRONG_HOST;
        return isCrossSite(request) ? REFUSED : next.handle(request);
    }

    private boolean isCrossSite(Request request) {
        Headers headers = request.headers();
        boolean invited = false;
        if (headers.has(Names.ORIGIN)) {
            String origin = headers.value(Names.ORIGIN, "");
            invited = origins.contains(withoutDefaultPort(origin));
            if (headers.all(Names.ORIGIN).size() > 1 || (!invited && !isOwn(origin, request))) return true;
        }
        if (invited) return false;
        return headers.all("Sec-Fetch-Site").stream()
                .anyMatch(site -> !site.equals("same-origin") && !site.equals("none"));
    }

    private static boolean isOwn(String origin, Request request) {
        String own = request.scheme() + "://" + request.authority();
        return withoutDefaultPort(origin).equals(withoutDefaultPort(own));
    }

    private static String withoutDefaultPort(String origin) {
        String lower = origin.toLowerCase(Locale.ROOT);
        if (lower.startsWith("http://") && lower.endsWith(":80")) return lower.substring(0, lower.length() - 3);
        if (lower.startsWith("https://") && lower.endsWith(":443")) return lower.substring(0, lower.length() - 4);
        return lower;
    }
}
