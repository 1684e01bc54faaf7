package io.hawser.internal.http;

import io.hawser.http.Headers;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The field `Retry-After`, in seconds or as a date. Source: RFC 9110 section 10.2.3
public final class RetryAfter {
    private static final int MAX_DIGITS = 9;

    private RetryAfter() {}

    /// How long to wait from `now` on; empty without the field, or where it is neither.
    public static Optional<Duration> of(Headers headers, Instant now) {
        String text = headers.value(Names.RETRY_AFTER, "");
        if (text.isEmpty()) return Optional.empty();
        if (text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            boolean endless = text.length() > MAX_DIGITS;
            return Optional.of(Duration.ofSeconds(endless ? 999_999_999 : Long.parseLong(text)));
        }
        return HttpDates.parse(text).map(date -> {
            Duration wait = Duration.between(now, date);
            return wait.isNegative() ? Duration.ZERO : wait;
        });
    }
}
