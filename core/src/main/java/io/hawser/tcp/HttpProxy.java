package io.hawser.tcp;

import io.hawser.Endpoint;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// A proxy of HTTP: it opens tunnels to other servers by CONNECT, and passes requests of `http` on itself.
///
/// @param authorization what it wants in `Proxy-Authorization`; it goes to the proxy only
///
/// Source: RFC 9110, section 9.3.6
public record HttpProxy(Endpoint endpoint, Optional<String> authorization) implements Proxy {
    public HttpProxy {
        if (authorization.isPresent() && !authorization.get().chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            throw new IllegalArgumentException("authorization: only visible ASCII characters and spaces");
        }
    }

    /// A proxy that wants no password.
    public static HttpProxy at(Endpoint endpoint) {
        return new HttpProxy(endpoint, Optional.empty());
    }

    /// With a user and password, by the scheme Basic.
    public HttpProxy withCredentials(String user, String password) {
        if (user.indexOf(':') >= 0) throw new IllegalArgumentException("user: without a colon");
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return new HttpProxy(
                endpoint, Optional.of("Basic " + Base64.getEncoder().encodeToString(pair)));
    }

    /// Without what is secret.
    @Override
    public String toString() {
        return "proxy " + endpoint;
    }
}
