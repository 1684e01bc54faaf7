package io.hawser.internal.http.cookies;

import io.hawser.http.Request;
import io.hawser.http.StoredCookie;
import io.hawser.internal.http.Origin;
import java.time.Instant;
import java.util.Optional;

/// Which cookies a response may set, and which a request carries. Source: RFC 6265bis sections 5.1, 5.7 and 5.8
record CookieRules(PublicSuffixes suffixes) {
    static final CookieRules STANDARD = new CookieRules(PublicSuffixes.OF_JDK);

    /// The cookie that `field` sets in an answer to `request`; empty if it must not.
    Optional<StoredCookie> judge(Request request, String field, Instant now) {
        Optional<SetCookieField> parsed = SetCookieField.parse(field, now);
        return parsed.flatMap(set -> judge(request, set, now));
    }

    private Optional<StoredCookie> judge(Request request, SetCookieField set, Instant now) {
        Origin origin = Origin.of(request);
        String domain = set.domain();
        for (int i = 0; i < domain.length(); i++) {
            if (domain.charAt(i) >= 0x7f) return Optional.empty();
        }
        if (!domain.isEmpty() && suffixes.contains(domain)) {
            // A host may be a public suffix itself, and then only for itself.
            if (!domain.equals(origin.host()) && suffixes.isUsable()) return Optional.empty();
            if (!domainMatches(origin.host(), domain)) return Optional.empty();
            domain = "";
        }
        if (!domain.isEmpty() && !domainMatches(origin.host(), domain)) return Optional.empty();
        boolean hostOnly = domain.isEmpty();
        if (set.isSecure() && !origin.isSecure()) return Optional.empty();
        if (set.sameSite().equals("None") && !set.isSecure()) return Optional.empty();
        if (!prefixHolds(set, hostOnly)) return Optional.empty();
        String given = set.path();
        return Optional.of(new StoredCookie(
                set.name(),
                set.value(),
                hostOnly ? origin.host() : domain,
                hostOnly,
                given == null ? defaultPath(request.rawPath()) : given,
                set.expires(),
                set.isSecure(),
                set.isHttpOnly(),
                set.sameSite(),
                now));
    }

    /// A name that claims something must keep it, and none may be smuggled in as the value of a nameless one.
    private static boolean prefixHolds(SetCookieField set, boolean hostOnly) {
        if (set.name().isEmpty()) return !begins(set.value(), "__Secure-") && !begins(set.value(), "__Host-");
        if (begins(set.name(), "__Secure-")) return set.isSecure();
        if (begins(set.name(), "__Host-")) return set.isSecure() && hostOnly && "/".equals(set.path());
        return true;
    }

    private static boolean begins(String text, String prefix) {
        return text.regionMatches(true, 0, prefix, 0, prefix.length());
    }

    static boolean isSentWith(StoredCookie cookie, Origin origin, String path) {
        boolean host = cookie.hostOnly()
                ? origin.host().equals(cookie.domain())
                : domainMatches(origin.host(), cookie.domain());
        return host && pathMatches(path, cookie.path()) && (!cookie.secure() || origin.isSecure());
    }

    /// Whether `cookie`, which came in the clear, would hide `held`, which came over TLS.
    static boolean shadows(StoredCookie cookie, StoredCookie held) {
        return held.secure()
                && held.name().equals(cookie.name())
                && (domainMatches(held.domain(), cookie.domain()) || domainMatches(cookie.domain(), held.domain()))
                && pathMatches(cookie.path(), held.path());
    }

    static boolean domainMatches(String host, String domain) {
        if (host.equals(domain)) return true;
        return host.endsWith(domain) && host.charAt(host.length() - domain.length() - 1) == '.' && !isAddress(host);
    }

    private static boolean isAddress(String host) {
        return host.startsWith("[") || Character.isDigit(host.charAt(host.length() - 1));
    }

    static boolean pathMatches(String path, String cookiePath) {
        if (path.equals(cookiePath)) return true;
        return path.startsWith(cookiePath) && (cookiePath.endsWith("/") || path.charAt(cookiePath.length()) == '/');
    }

    static String defaultPath(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }
}
