package io.hawser.tcp;

import io.hawser.Endpoint;

/// What a client connects through: an [HttpProxy] or a [SocksProxy].
public sealed interface Proxy permits HttpProxy, SocksProxy {
    Endpoint endpoint();

    /// A proxy by its URL: `http://user:password@host:port`, `socks5://host:port`; without a scheme, `http`.
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
        String user = pair.length > 0 ? pair[0] : "";
        String password = pair.length > 1 ? pair[1] : "";
        return switch (scheme) {
            case "http" ->
                at < 0 ? HttpProxy.at(endpoint) : HttpProxy.at(endpoint).withCredentials(user, password);
            case "socks5", "socks5h" ->
                at < 0 ? SocksProxy.at(endpoint) : SocksProxy.at(endpoint).withCredentials(user, password);
            default -> throw new IllegalArgumentException("proxy " + scheme + "://: http or socks5");
        };
    }
}
