package io.hawser.internal.http.cache;

import io.hawser.http.CacheEntry;
import io.hawser.http.Headers;
import java.time.Duration;
import java.time.Instant;

/// What a stored answer may be used for. Source: RFC 9111 sections 4 and 5.2, RFC 5861
///
/// @param age of the answer in seconds
/// @param lifetime in seconds
/// @param verdict for the request
/// @param serves whether it may serve where the origin fails
record Reuse(long age, long lifetime, Verdict verdict, boolean serves) {
    private static final Duration CLOCK_NOISE = Duration.ofSeconds(1);

    enum Verdict {
        /// As it is.
        FRESH,
        /// As it is, because the request takes a stale one.
        STALE,
        /// As it is, while it is validated for the next one.
        STALE_WHILE_REVALIDATE,
        /// Not before it is validated, because it is stale.
        VALIDATE,
        /// Not before it is validated, because the request wants that.
        VALIDATE_AS_ASKED
    }

    static Reuse of(CacheEntry entry, Headers request, Freshness freshness, Duration staleIfError, Instant now) {
        Directives asked = Directives.of(request);
        Directives said = Directives.of(entry.headers());
        long lifetime = freshness.lifetime(entry);
        long age = Freshness.age(entry, now);
        // The clock was set back since: how old it is nobody knows, and it would stay fresh for as long as that was.
        if (now.plus(CLOCK_NOISE).isBefore(entry.received())) age = Math.max(age, lifetime);
        boolean strict = said.has("must-revalidate")
                || (freshness.isShared() && (said.has("proxy-revalidate") || said.has("s-maxage")));
        Verdict verdict = verdict(asked, said, request, age, lifetime, strict);
        long grace = Math.max(
                staleIfError.toSeconds(),
                Math.max(
                        said.seconds("stale-if-error").orElse(0),
                        asked.seconds("stale-if-error").orElse(0)));
        boolean serves = !strict && !said.has("no-cache") && age - lifetime <= grace && grace > 0;
        return new Reuse(age, lifetime, verdict, serves);
    }

    private static Verdict verdict(
            Directives asked, Directives said, Headers request, long age, long lifetime, boolean strict) {
        boolean pragma = asked.isEmpty() && request.lists("Pragma", "no-cache");
        if (asked.has("no-cache") || pragma) return Verdict.VALIDATE_AS_ASKED;
        // 0 is how a reload asks for validation.
        long maxAge = asked.seconds("max-age").orElse(Long.MAX_VALUE);
        if (age > maxAge || maxAge == 0) return Verdict.VALIDATE_AS_ASKED;
        if (said.has("no-cache")) return Verdict.VALIDATE;
        if (lifetime - age < asked.seconds("min-fresh").orElse(Long.MIN_VALUE)) return Verdict.VALIDATE_AS_ASKED;
        if (lifetime > age) return Verdict.FRESH;
        if (strict) return Verdict.VALIDATE;
        long stale = age - lifetime;
        boolean anyStale = asked.has("max-stale") && asked.text("max-stale").isEmpty();
        if (anyStale || stale <= asked.seconds("max-stale").orElse(-1)) return Verdict.STALE;
        boolean live = stale <= said.seconds("stale-while-revalidate").orElse(-1);
        return live && said.seconds("stale-while-revalidate").orElse(0) > 0
                ? Verdict.STALE_WHILE_REVALIDATE
                : Verdict.VALIDATE;
    }

    /// For how long it is still fresh; below zero since when it is not.
    long timeToLive() {
        return lifetime - age;
    }
}
