package io.hawser.internal.http.cache;

import io.hawser.http.CacheEntry;
import io.hawser.http.Headers;
import io.hawser.http.Status;
import io.hawser.internal.http.HttpDates;
import io.hawser.internal.http.Names;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// How old an answer is, and how long it counts as fresh; in seconds. Source: RFC 9111 section 4.2
///
/// @param isShared whether the cache serves many users
/// @param heuristicPercent of the time since the last modification that an answer without a word about it is fresh
/// @param maxHeuristic bounds that
public record Freshness(boolean isShared, int heuristicPercent, Duration maxHeuristic) {
    /// Source: RFC 9110 section 15.1
    private static final Set<Integer> HEURISTIC = Set.of(
            Status.OK,
            Status.NON_AUTHORITATIVE_INFORMATION,
            Status.NO_CONTENT,
            Status.MULTIPLE_CHOICES,
            Status.MOVED_PERMANENTLY,
            Status.PERMANENT_REDIRECT,
            Status.NOT_FOUND,
            Status.METHOD_NOT_ALLOWED,
            Status.GONE,
            Status.URI_TOO_LONG,
            Status.NOT_IMPLEMENTED);

    static boolean isHeuristic(int status) {
        return HEURISTIC.contains(status);
    }

    /// Whether the answer itself says how long it is fresh.
    boolean isExplicit(Headers response, Directives directives) {
        return (isShared && directives.has("s-maxage")) || directives.has("max-age") || response.has("Expires");
    }

    /// Source: RFC 9111 section 4.2.1
    long lifetime(int status, Headers response, Directives directives, Instant received) {
        if (isShared && directives.has("s-maxage")) return orZero(directives.seconds("s-maxage"));
        if (directives.has("max-age")) return orZero(directives.seconds("max-age"));
        Instant date = date(response, received);
        List<String> expires = response.all("Expires");
        if (!expires.isEmpty()) {
            // Of several the first; what is no date, as 0 is none, has passed.
            Optional<Instant> end = HttpDates.parse(expires.getFirst());
            return end.map(instant ->
                            Math.max(0, Duration.between(date, instant).toSeconds()))
                    .orElse(0L);
        }
        if (!isHeuristic(status) && !directives.has("public")) return 0;
        Optional<Instant> modified = lastModified(response);
        if (modified.isEmpty() || !modified.get().isBefore(date)) return 0;
        long guess = Duration.between(modified.get(), date).toSeconds() * heuristicPercent / 100;
        return Math.min(guess, maxHeuristic.toSeconds());
    }

    long lifetime(CacheEntry entry) {
        return lifetime(entry.status(), entry.headers(), Directives.of(entry.headers()), entry.received());
    }

    /// Source: RFC 9111 section 4.2.3
    static long age(CacheEntry entry, Instant now) {
        long apparent = Math.max(0, between(date(entry.headers(), entry.received()), entry.received()));
        long delay = Math.max(0, between(entry.requested(), entry.received()));
        List<String> ages = entry.headers().all("Age");
        long said = ages.isEmpty() ? 0 : Directives.number(ages.getFirst(), 0);
        long resident = Math.max(0, between(entry.received(), now));
        return Math.max(apparent, said + delay) + resident;
    }

    private static long between(Instant from, Instant to) {
        return Duration.between(from, to).toSeconds();
    }

    private static Instant date(Headers response, Instant received) {
        return HttpDates.parse(response.value(Names.DATE, "")).orElse(received);
    }

    static Optional<Instant> lastModified(Headers response) {
        return HttpDates.parse(response.value(Names.LAST_MODIFIED, ""));
    }

    private static long orZero(OptionalLong seconds) {
        return seconds.orElse(0);
    }
}
