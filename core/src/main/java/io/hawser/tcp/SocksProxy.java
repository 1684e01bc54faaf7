package io.hawser.tcp;

import io.hawser.Endpoint;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A proxy that relays connections by SOCKS 5. It looks the names up.
///
/// @param credentials with which it lets one in
///
/// Source: RFC 1928, RFC 1929
public record SocksProxy(Endpoint endpoint, Optional<Credentials> credentials) implements Proxy {
    /// A user and a password, of 1 to 255 bytes each.
    public record Credentials(String user, String password) {
        public Credentials {
            check("user", user);
            check("password", password);
        }

        private static void check(String name, String value) {
            int bytes = value.getBytes(StandardCharsets.UTF_8).length;
            if (bytes < 1 || bytes > 255)
                throw new IllegalArgumentException(name + " of " + bytes + " bytes: 1 to 255");
        }

        /// Says nothing of the password.
        @Override
        public String toString() {
            return "credentials of " + user;
        }
    }

    /// A proxy that wants no password.
    public static SocksProxy at(Endpoint endpoint) {
        return new SocksProxy(endpoint, Optional.empty());
    }

    public SocksProxy withCredentials(String user, String password) {
        return new SocksProxy(endpoint, Optional.of(new Credentials(user, password)));
    }

    /// Without what is secret.
    @Override
    public String toString() {
        return "SOCKS proxy " + endpoint;
    }
}
