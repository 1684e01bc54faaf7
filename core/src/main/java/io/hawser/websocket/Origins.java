package io.hawser.websocket;

import io.hawser.Endpoint;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Whose web pages may connect. A browser tells the origin of the page, and lets any page connect anywhere;
/// so it is the server that has to refuse. Peers that are no browsers tell none, and are let in.
///
/// Source: RFC 6454; RFC 6455, section 10.2
public final class Origins {
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*");
    private static final Origins SAME = new Origins(false, Set.of());
    private static final Origins ANY = new Origins(true, Set.of());

    private final boolean any;
    private final Set<String> allowed;

    private Origins(boolean any, Set<String> allowed) {
        this.any = any;
        this.allowed = allowed;
    }

    /// Pages of the server that they connect to.
    public static Origins same() {
        return SAME;
    }

    /// Every page, of anybody.
    public static Origins any() {
        return ANY;
    }

    /// Pages of the server that they connect to, and of these.
    ///
    /// @param origins such as `https://example.org` or `http://localhost:8080`
    public static Origins of(String... origins) {
        Set<String> allowed = new TreeSet<>();
        for (String origin : origins) {
            String form = normal(origin);
            if (form.isEmpty()) throw new IllegalArgumentException("origin \"" + origin + "\": scheme, host, port");
            allowed.add(form);
        }
        return new Origins(false, Set.copyOf(allowed));
    }

    /// Whether pages of `origin` may connect to a server that is addressed so.
    ///
    /// @param origin as its header says
    /// @param scheme of the request, `http` or `https`
    /// @param authority of the request, host and perhaps port
    public boolean allows(String origin, String scheme, String authority) {
        if (any) return true;
        String form = normal(origin);
        return !form.isEmpty() && (allowed.contains(form) || form.equals(normal(scheme + "://" + authority)));
    }

    /// Scheme, host and port in one form, empty if `origin` is none, as `null` is not. Not by the parts of a
    /// URI, which it does not have of a host with an underscore.
    private static String normal(String origin) {
        int end = origin.indexOf("://");
        if (end < 0 || !SCHEME.matcher(origin.substring(0, end)).matches()) return "";
        String scheme = origin.substring(0, end).toLowerCase(Locale.ROOT);
        String authority = origin.substring(end + 3);
        if (authority.endsWith(":")) authority = authority.substring(0, authority.length() - 1);
        try {
            Endpoint endpoint = Endpoint.parse(authority, defaultPort(scheme));
            return endpoint.isUnix() ? "" : scheme + "://" + endpoint;
        } catch (IllegalArgumentException notAnAuthority) {
            return "";
        }
    }

    private static int defaultPort(String scheme) {
        return switch (scheme) {
            case "http" -> 80;
            case "https" -> 443;
            default -> 0;
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Origins that && any == that.any && allowed.equals(that.allowed);
    }

    @Override
    public int hashCode() {
        return Boolean.hashCode(any) + 31 * allowed.hashCode();
    }

    @Override
    public String toString() {
        return any ? "any origin" : "the same origin" + (allowed.isEmpty() ? "" : " and " + allowed);
    }
}
