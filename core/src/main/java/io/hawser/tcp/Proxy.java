package io.hawser.tcp;

import io.hawser.Endpoint;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/// What a client connects through: an [HttpProxy] or a [SocksProxy].
public sealed interface Proxy permits HttpProxy, SocksProxy {
    /// Where it listens.
    Endpoint endpoint();

    /// A proxy by its URL: `http://user:password@host:port`, `socks5://host:port`; without a scheme, `http`;
    /// without a port, 80 or, for SOCKS, 1080. What is special in a URL stands percent-encoded in user and
    /// password.
    ///
    /// @throws IllegalArgumentException if it is none
    static Proxy parse(String url) {
        int colon = url.indexOf("://");
        String scheme = colon < 0 ? "http" : url.substring(0, colon);
        String rest = colon < 0 ? url : url.substring(colon + 3);
        if (rest.endsWith("/")) rest = rest.substring(0, rest.length() - 1);
        int at = rest.lastIndexOf('@');
        String[] pair = at < 0 ? new String[0] : rest.substring(0, at).split(":", 2);
        Endpoint endpoint = Endpoint.parse(rest.substring(at + 1), scheme.equals("http") ? 80 : 1080);
        String user = pair.length > 0 ? decoded(pair[0]) : "";
        String password = pair.length > 1 ? decoded(pair[1]) : "";
        return switch (scheme) {
            case "http" ->
                at < 0 ? HttpProxy.at(endpoint) : HttpProxy.at(endpoint).withCredentials(user, password);
            case "socks5", "socks5h" ->
                at < 0 ? SocksProxy.at(endpoint) : SocksProxy.at(endpoint).withCredentials(user, password);
            default -> throw new IllegalArgumentException("proxy " + scheme + "://: http or socks5");
        };
    }

    private static String decoded(String part) {
        // Only in a form is a plus a space.
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
