package io.hawser.hub.access;

import io.hawser.Bytes;
import io.hawser.http.Cookies;
import io.hawser.http.Headers;
import io.hawser.http.Request;
import io.hawser.http.SetCookie;
import io.hawser.http.SetCookie.SameSite;
import io.hawser.internal.http.Hmac;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a browser gets for the admin token, since it cannot show one itself when it loads a page, a
/// stream of events or a WebSocket.
///
/// Shape: `EXPIRES.NONCE.MAC`: seconds since 1970, something random, and the HMAC-SHA256 of both with the
/// token, so every node with the same token knows it, a new token ends all, and nobody can guess one that
/// was issued.
///
/// Thread: immutable, safe from any.
final class AdminCookie {
    static final String NAME = "hawser-admin";
    static final Duration AGE = Duration.ofHours(12);

    private static final String COOKIE = "Cookie";
    private static final String COOKIE_MAC = "hawser admin cookie";
    private static final String MARK_MAC = "hawser admin cookie that was seen";
    private static final int MAX_CHARS = 128;

    private final Hmac hmac;

    AdminCookie(String token) {
        hmac = Hmac.of(Bytes.ofUtf8(token));
    }

    /// A new one.
    String issue(Instant now) {
        String signed = now.plus(AGE).getEpochSecond() + "." + Authenticator.nonce();
        return signed + '.' + mac(COOKIE_MAC, signed);
    }

    static SetCookie field(String value, boolean isSecure) {
        return SetCookie.of(NAME, value).withMaxAge(AGE).withSecure(isSecure).withSameSite(SameSite.STRICT);
    }

    /// What `request` shows as one, be it right or not.
    static Optional<String> shown(Request request) {
        return Cookies.of(request).first(NAME).filter(value -> value.length() <= MAX_CHARS);
    }

    /// Until when `value` is good; empty if it is none of ours.
    Optional<Instant> expiry(String value) {
        int first = value.indexOf('.');
        int last = value.lastIndexOf('.');
        if (first < 1 || first > 18 || first == last) return Optional.empty();
        boolean isOurs = MessageDigest.isEqual(
                mac(COOKIE_MAC, value.substring(0, last)).getBytes(StandardCharsets.US_ASCII),
                value.substring(last + 1).getBytes(StandardCharsets.UTF_8));
        if (!isOurs) return Optional.empty();
        return Optional.of(Instant.ofEpochSecond(Long.parseLong(value.substring(0, first))));
    }

    /// What `value` is remembered by; how long it takes to find that tells nobody anything.
    String mark(String value) {
        return mac(MARK_MAC, value);
    }

    /// `request` without it.
    static Request without(Request request) {
        Headers headers = request.headers();
        if (!isIn(headers)) return request;
        String others = headers.all(COOKIE).stream()
                .flatMap(field -> Arrays.stream(field.split(";", -1)))
                .map(String::strip)
                .filter(pair ->
                        !pair.isEmpty() && !pair.split("=", 2)[0].strip().equals(NAME))
                .collect(Collectors.joining("; "));
        return others.isEmpty() ? request.withoutHeader(COOKIE) : request.withHeader(COOKIE, others);
    }

    /// Asked for every request to somebody else, so without a stream.
    private static boolean isIn(Headers headers) {
        for (int i = 0; i < headers.size(); i++) {
            if (headers.nameAt(i).equalsIgnoreCase(COOKIE) && headers.valueAt(i).contains(NAME)) return true;
        }
        return false;
    }

    private String mac(String purpose, String text) {
        byte[] signed = hmac.sign(Bytes.ofUtf8(purpose + '\0' + text));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(signed);
    }
}
