package io.hawser.internal.http;

import io.hawser.http.Headers;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a server says is left of its rate limit, in any of the forms in use.
///
/// `RateLimit: "name";r=5;t=30`; or a pair of fields ending in `Remaining` and `Reset`, the latter in seconds, as a
/// time since 1970, or as `1m30s`. Source: draft-ietf-httpapi-ratelimit-headers
///
/// @param remaining calls until the window ends
/// @param reset until it ends
public record RateLimitFields(long remaining, Duration reset) {
    private static final List<String> PAIRS =
            List.of("RateLimit-%s", "X-RateLimit-%s", "X-Rate-Limit-%s", "X-RateLimit-%s-Requests");

    /// More seconds than in ten years are a moment, not a duration.
    private static final long MOMENT = 315_360_000;

    public static Optional<RateLimitFields> of(Headers headers, Instant now) {
        if (headers.has("RateLimit")) {
            Optional<RateLimitFields> structured = structured(headers.list("RateLimit"));
            if (structured.isPresent()) return structured;
        }
        for (String pair : PAIRS) {
            Optional<Long> remaining = number(headers.value(pair.formatted("Remaining"), ""));
            Optional<Duration> reset = reset(headers.value(pair.formatted("Reset"), ""), now);
            if (remaining.isPresent() && reset.isPresent()) {
                return Optional.of(new RateLimitFields(remaining.get(), reset.get()));
            }
        }
        return Optional.empty();
    }

    /// Of several policies the one with the least left counts.
    private static Optional<RateLimitFields> structured(List<String> policies) {
        RateLimitFields least = null;
        for (String policy : policies) {
            List<String> parameters = new ArrayList<>();
            FieldLists.split(policy, ';', parameters);
            Optional<Long> remaining = parameter(parameters, "r=");
            Optional<Long> seconds = parameter(parameters, "t=");
            if (remaining.isEmpty() || seconds.isEmpty()) continue;
            if (least == null || remaining.get() < least.remaining) {
                least = new RateLimitFields(remaining.get(), Duration.ofSeconds(seconds.get()));
            }
        }
        return Optional.ofNullable(least);
    }

    private static Optional<Long> parameter(List<String> parameters, String prefix) {
        return parameters.stream()
                .filter(parameter -> parameter.startsWith(prefix))
                .findFirst()
                .flatMap(parameter -> number(parameter.substring(prefix.length())));
    }

    private static Optional<Long> number(String text) {
        boolean isNumber = !text.isEmpty() && text.length() < 18 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }

    private static Optional<Duration> reset(String text, Instant now) {
        Optional<Long> seconds = number(text);
        if (seconds.isPresent()) {
            long value = seconds.get();
            return Optional.of(Duration.ofSeconds(value < MOMENT ? value : Math.max(0, value - now.getEpochSecond())));
        }
        try {
            // 6m0s, 1.5s and 20ms, as some APIs write durations.
            String lower = text.toLowerCase(Locale.ROOT);
            if (lower.endsWith("ms"))
                return number(lower.substring(0, lower.length() - 2)).map(Duration::ofMillis);
            return text.isEmpty() ? Optional.empty() : Optional.of(Duration.parse("PT" + text));
        } catch (DateTimeParseException unknown) {
            return Optional.empty();
        }
    }
}
