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
/// Shape: `EXPIRES.MAC`: seconds since 1970, and their HMAC-SHA256 with the token, so every node with
/// the same token knows it, and a new token ends all.
///
/// Thread: immutable, safe from any.
record AdminCookie(String token) {
    static final String NAME = "hawser-admin";
    static final Duration AGE = Duration.ofHours(12);

    private static final String COOKIE = "Cookie";

    SetCookie issue(Instant now, boolean isSecure) {
        String expires = Long.toString(now.plus(AGE).getEpochSecond());
        return SetCookie.of(NAME, expires + '.' + mac(expires))
                .withMaxAge(AGE)
                .withSecure(isSecure)
                .withSameSite(SameSite.STRICT);
    }

    /// Until when the one on `request` is good; empty if there is none that is.
    Optional<Instant> expiry(Request request, Instant now) {
        String value = Cookies.of(request).first(NAME).orElse("");
        int dot = value.indexOf('.');
        if (dot < 1 || dot > 18) return Optional.empty();
        String expires = value.substring(0, dot);
        boolean isOurs = MessageDigest.isEqual(
                mac(expires).getBytes(StandardCharsets.US_ASCII),
                value.substring(dot + 1).getBytes(StandardCharsets.UTF_8));
        if (!isOurs) return Optional.empty();
        return Optional.of(Instant.ofEpochSecond(Long.parseLong(expires))).filter(now::isBefore);
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

    private String mac(String expires) {
        byte[] signed = Hmac.of(Bytes.ofUtf8(token)).sign(Bytes.ofUtf8("hawser admin cookie\0" + expires));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(signed);
    }

    /// Without the token.
    @Override
    public String toString() {
        return "AdminCookie";
    }
}
