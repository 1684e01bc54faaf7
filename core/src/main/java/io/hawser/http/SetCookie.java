package io.hawser.http;

import io.hawser.internal.http.Names;
import io.hawser.internal.http.Tokens;
import java.time.Duration;
import java.util.Optional;

/// A cookie that a response gives to the browser.
///
/// @param name a token; `__Host-` and `__Secure-` before it make browsers hold the cookie to what they say
/// @param value printable ASCII without spaces, quotes, commas, semicolons and backslashes: encode anything
///     else
/// @param path the paths below which it comes back; default `/`
/// @param domain the domain whose hosts get it; empty, the default: only the host that gave it
/// @param maxAge for how long it is kept; empty: until the browser is closed. Zero or less deletes it, less
///     than a second is one
/// @param secure whether it comes back over TLS only; default yes
/// @param httpOnly whether it is kept from scripts; default yes
/// @param sameSite whether it comes along from other sites; default LAX
///
/// Errors: a value that must not be sent, or that its prefix forbids, is an [IllegalArgumentException].
///
/// Source: RFC 6265 section 4.1, and its successor (draft-ietf-httpbis-rfc6265bis) section 4.1.3
public record SetCookie(
        String name,
        String value,
        String path,
        String domain,
        Optional<Duration> maxAge,
        boolean secure,
        boolean httpOnly,
        SameSite sameSite) {

    /// When a browser sends a cookie along with requests that another site causes.
    public enum SameSite {
        STRICT("Strict"),
        LAX("Lax"),
        /// Always; only with `secure`.
        NONE("None");

        private final String text;

        SameSite(String text) {
            this.text = text;
        }
    }

    public SetCookie {
        Tokens.check("cookie name", name);
        checkValue(value);
        checkAttribute("path", path);
        checkAttribute("domain", domain);
        if (!path.isEmpty() && !path.startsWith("/")) {
            throw new IllegalArgumentException("path " + path + ": begins with /");
        }
        if (sameSite == SameSite.NONE && !secure) throw new IllegalArgumentException("sameSite NONE: only with secure");
        if (name.regionMatches(true, 0, "__Secure-", 0, 9) && !secure) {
            throw new IllegalArgumentException(name + ": only with secure");
        }
        if (name.regionMatches(true, 0, "__Host-", 0, 7) && (!secure || !domain.isEmpty() || !path.equals("/"))) {
            throw new IllegalArgumentException(name + ": only with secure, path / and no domain");
        }
    }

    /// A cookie for the whole host until the browser is closed, kept from scripts and plain connections.
    public static SetCookie of(String name, String value) {
        return new SetCookie(name, value, "/", "", Optional.empty(), true, true, SameSite.LAX);
    }

    /// What makes browsers forget the cookie of that name, path `/` and no domain.
    public static SetCookie deleted(String name) {
        return of(name, "").withMaxAge(Duration.ZERO);
    }

    public SetCookie withPath(String changed) {
        return new SetCookie(name, value, changed, domain, maxAge, secure, httpOnly, sameSite);
    }

    public SetCookie withDomain(String changed) {
        return new SetCookie(name, value, path, changed, maxAge, secure, httpOnly, sameSite);
    }

    public SetCookie withMaxAge(Duration changed) {
        return new SetCookie(name, value, path, domain, Optional.of(changed), secure, httpOnly, sameSite);
    }

    public SetCookie withSecure(boolean changed) {
        return new SetCookie(name, value, path, domain, maxAge, changed, httpOnly, sameSite);
    }

    public SetCookie withHttpOnly(boolean changed) {
        return new SetCookie(name, value, path, domain, maxAge, secure, changed, sameSite);
    }

    public SetCookie withSameSite(SameSite changed) {
        return new SetCookie(name, value, path, domain, maxAge, secure, httpOnly, changed);
    }

    /// `response` with this cookie.
    public Response on(Response response) {
        return response.addingHeader(Names.SET_COOKIE, toField());
    }

    /// As the value of `Set-Cookie`.
    public String toField() {
        StringBuilder field = new StringBuilder(name).append('=').append(value);
        if (!path.isEmpty()) field.append("; Path=").append(path);
        if (!domain.isEmpty()) field.append("; Domain=").append(domain);
        maxAge.ifPresent(age -> field.append("; Max-Age=").append(age.isPositive() ? Math.max(1, age.toSeconds()) : 0));
        if (secure) field.append("; Secure");
        if (httpOnly) field.append("; HttpOnly");
        return field.append("; SameSite=").append(sameSite.text).toString();
    }

    private static void checkValue(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '"' || c == ',' || c == ';' || c == '\\') {
                throw new IllegalArgumentException("cookie value: character at " + i + " must be encoded");
            }
        }
    }

    private static void checkAttribute(String name, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c >= 0x7f || c == ';') {
                throw new IllegalArgumentException(name + ": character at " + i + " must not be sent");
            }
        }
    }

    /// Without the value, which may be a secret.
    @Override
    public String toString() {
        return "SetCookie[" + name + "]";
    }
}
