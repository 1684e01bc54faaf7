package io.hawser.http;

import java.time.Instant;
import java.util.Optional;

/// A cookie that a [CookieJar] keeps.
///
/// @param name may be empty: then only the value is sent
/// @param domain the host that set it, or the domain to whose hosts it goes
/// @param hostOnly whether it goes to that host alone
/// @param path below which it is sent
/// @param expires empty: with the jar
/// @param secure whether it goes over TLS only
/// @param httpOnly whether scripts must not see it
/// @param sameSite `Strict`, `Lax`, `None` or empty, as it was set; a client of its own has no other sites
/// @param created when a cookie of that name, domain and path was first set
public record StoredCookie(
        String name,
        String value,
        String domain,
        boolean hostOnly,
        String path,
        Optional<Instant> expires,
        boolean secure,
        boolean httpOnly,
        String sameSite,
        Instant created) {

    public boolean isExpired(Instant now) {
        return expires.isPresent() && !expires.get().isAfter(now);
    }

    /// Without the value, which may be a secret.
    @Override
    public String toString() {
        return "StoredCookie[" + name + " of " + domain + path + "]";
    }
}
