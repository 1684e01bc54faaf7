package io.hawser.internal.outbound;

import io.hawser.Endpoint;
import java.util.Locale;

/// A server as the targets of requests name it: scheme, host and port.
///
/// @param authority for the field `Host`: without the port that the scheme implies
///
/// Source: RFC 9110, section 4.3
public record OriginServer(boolean isSecure, Endpoint endpoint, String authority) {
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    /// The origin of `http://host:port` or `https://host:port`.
    ///
    /// @throws IllegalArgumentException if `text` is neither
    static OriginServer parse(String text) {
        int colon = text.indexOf("://");
        String scheme = colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT);
        boolean isSecure = scheme.equals("https");
        if (!isSecure && !scheme.equals("http")) {
            throw new IllegalArgumentException("target: begins with http:// or https://");
        }
        String authority = text.substring(colon + 3);
        if (authority.indexOf('@') >= 0) {
            throw new IllegalArgumentException("target: user and password go into the field Authorization");
        }
        if (authority.endsWith(":")) authority = authority.substring(0, authority.length() - 1);
        int implied = isSecure ? HTTPS_PORT : HTTP_PORT;
        Endpoint endpoint = Endpoint.parse(authority, implied);
        if (endpoint.isUnix() || endpoint.port() == 0) throw new IllegalArgumentException("target: a host and port");
        String host = endpoint.toString();
        return new OriginServer(
                isSecure, endpoint, endpoint.port() == implied ? host.substring(0, host.lastIndexOf(':')) : host);
    }

    @Override
    public String toString() {
        return (isSecure ? "https://" : "http://") + authority;
    }
}
