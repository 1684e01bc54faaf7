package io.hawser.internal.http.oauth;

import java.time.Duration;

/// A token and when it should be replaced, and when it must be.
///
/// @param value what is sent
/// @param refreshNanos from when on a new one is fetched, on the monotonic clock
/// @param endNanos from when on it counts for nothing
public record AccessToken(String value, long refreshNanos, long endNanos) {
    private static final Duration UNKNOWN_LIFE = Duration.ofHours(1);
    private static final Duration LONGEST_LIFE = Duration.ofDays(365);

    /// @param expiresIn its life in seconds, 0 where the server did not say
    static AccessToken of(String value, long expiresIn, Duration refreshBefore, long nowNanos) {
        Duration life =
                expiresIn <= 0 ? UNKNOWN_LIFE : Duration.ofSeconds(Math.min(expiresIn, LONGEST_LIFE.toSeconds()));
        Duration tenth = life.dividedBy(10);
        Duration before = refreshBefore.compareTo(tenth) < 0 ? refreshBefore : tenth;
        long end = nowNanos + life.toNanos();
        return new AccessToken(value, end - before.toNanos(), end);
    }

    boolean isDue(long nowNanos) {
        return nowNanos - refreshNanos >= 0;
    }

    boolean isOver(long nowNanos) {
        return nowNanos - endNanos >= 0;
    }

    /// Without the token.
    @Override
    public String toString() {
        return "AccessToken[]";
    }
}
