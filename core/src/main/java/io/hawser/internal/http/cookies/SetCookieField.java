package io.hawser.internal.http.cookies;

import io.hawser.internal.http.Tokens;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One field `Set-Cookie`, taken apart. Source: RFC 6265bis section 5.6
final class SetCookieField {
    private static final int MAX_PAIR_BYTES = 4096;
    private static final int MAX_ATTRIBUTE_BYTES = 1024;
    private static final Duration LONGEST = Duration.ofDays(400);

    private String name = "";
    private String value = "";
    private String domain = "";
    private @Nullable String path;
    private @Nullable Instant expires;
    private boolean hasMaxAge;
    private boolean secure;
    private boolean httpOnly;
    private String sameSite = "";

    private SetCookieField() {}

    /// The cookie that `field` sets; empty if that is none, or one that is too large.
    static Optional<SetCookieField> parse(String field, Instant now) {
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f) return Optional.empty();
        }
        String[] parts = field.split(";", -1);
        SetCookieField cookie = new SetCookieField();
        int equals = parts[0].indexOf('=');
        cookie.name = equals < 0 ? "" : Tokens.trim(parts[0].substring(0, equals));
        cookie.value = Tokens.trim(parts[0].substring(equals + 1));
        int size = bytes(cookie.name) + bytes(cookie.value);
        if (size == 0 || size > MAX_PAIR_BYTES) return Optional.empty();
        for (int i = 1; i < parts.length; i++) cookie.attribute(parts[i], now);
        return Optional.of(cookie);
    }

    private void attribute(String part, Instant now) {
        int equals = part.indexOf('=');
        String key = Tokens.trim(equals < 0 ? part : part.substring(0, equals)).toLowerCase(Locale.ROOT);
        String text = equals < 0 ? "" : Tokens.trim(part.substring(equals + 1));
        if (bytes(text) > MAX_ATTRIBUTE_BYTES) return;
        switch (key) {
            case "expires" -> {
                if (!hasMaxAge) CookieDates.parse(text).ifPresent(date -> expires = capped(date, now));
            }
            case "max-age" -> maxAge(text, now);
            case "domain" -> domain = (text.startsWith(".") ? text.substring(1) : text).toLowerCase(Locale.ROOT);
            case "path" -> path = text.startsWith("/") ? text : null;
            case "secure" -> secure = true;
            case "httponly" -> httpOnly = true;
            case "samesite" -> sameSite = sameSite(text);
            default -> {}
        }
    }

    private void maxAge(String text, Instant now) {
        if (!text.matches("-?[0-9]+")) return;
        hasMaxAge = true;
        boolean over = text.startsWith("-") || text.matches("0+");
        long seconds = text.length() > 10 ? LONGEST.toSeconds() : Long.parseLong(text);
        expires = over ? Instant.EPOCH : capped(now.plusSeconds(seconds), now);
    }

    /// Source: RFC 6265bis section 5.5: no cookie lives for longer than 400 days.
    private static Instant capped(Instant date, Instant now) {
        Instant latest = now.plus(LONGEST);
        return date.isAfter(latest) ? latest : date;
    }

    private static String sameSite(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "strict" -> "Strict";
            case "lax" -> "Lax";
            case "none" -> "None";
            default -> "";
        };
    }

    /// Fields hold one byte a character.
    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1).length;
    }

    String name() {
        return name;
    }

    String value() {
        return value;
    }

    /// Without a dot before it; empty where there is none.
    String domain() {
        return domain;
    }

    /// Null where the default applies.
    @Nullable
    String path() {
        return path;
    }

    Optional<Instant> expires() {
        return Optional.ofNullable(expires);
    }

    boolean isSecure() {
        return secure;
    }

    boolean isHttpOnly() {
        return httpOnly;
    }

    String sameSite() {
        return sameSite;
    }
}
