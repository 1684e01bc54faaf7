package io.hawser.internal.http;

import io.hawser.http.Request;
import java.util.Locale;

/// Scheme, host and port: what one party answers for. Source: RFC 9110 section 4.3.1
///
/// @param scheme in lower case
/// @param host in lower case; an IPv6 address in brackets
/// @param port that of the scheme where none is written
public record Origin(String scheme, String host, int port) {
    /// The origin that `request` is for.
    public static Origin of(Request request) {
        return of(request.scheme(), request.authority());
    }

    /// The origin of an absolute URL.
    public static Origin of(String url) {
        return of(Targets.scheme(url, "http"), Targets.authority(url, ""));
    }

    private static Origin of(String scheme, String authority) {
        String hostAndPort = authority.substring(authority.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
        int colon = hostAndPort.lastIndexOf(':');
        if (colon < 0 || hostAndPort.endsWith("]")) return new Origin(scheme, hostAndPort, defaultPort(scheme));
        String port = hostAndPort.substring(colon + 1);
        return new Origin(scheme, hostAndPort.substring(0, colon), port(port, scheme));
    }

    /// A port that is none is no port of anybody.
    private static int port(String digits, String scheme) {
        if (digits.isEmpty()) return defaultPort(scheme);
        if (digits.length() > 5) return -1;
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) < '0' || digits.charAt(i) > '9') return -1;
        }
        return Integer.parseInt(digits);
    }

    private static int defaultPort(String scheme) {
        return scheme.equals("https") ? 443 : 80;
    }

    public boolean isSecure() {
        return scheme.equals("https");
    }

    /// `https://example.com`, with a port only where it is not that of the scheme.
    @Override
    public String toString() {
        String bare = scheme + "://" + host;
        return port == defaultPort(scheme) ? bare : bare + ":" + port;
    }
}
