package io.hawser;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// When a client that has lost its server tries again: after a random part of a ceiling that doubles with
/// each failed attempt ("full jitter"), so that many clients do not come back at the same moment. It doubles,
/// too, for connections in a row that open and do not last for ten times `first`. What the server asks for,
/// in a goodbye or by `Retry-After`, is waited for besides; where it has said that it has many clients, the
/// ceiling after a failed attempt is at least the time that they need to come back one after another.
///
/// @param first the ceiling before the first attempt; default 0.5 s
/// @param longest the highest ceiling; default 20 s
/// @param maxAttempts attempts in a row that may fail before the client gives up, 0 for no bound, the default
public record Reconnect(Duration first, Duration longest, int maxAttempts) {
    private static final Reconnect DEFAULTS = new Reconnect(Duration.ofMillis(500), Duration.ofSeconds(20), 0);

    public Reconnect {
        if (!first.isPositive()) throw new IllegalArgumentException("first " + first + ": above zero");
        if (longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("longest " + longest + ": at least first, " + first);
        }
        if (maxAttempts < 0) throw new IllegalArgumentException("maxAttempts " + maxAttempts + ": 0 or more");
    }

    public static Reconnect defaults() {
        return DEFAULTS;
    }

    public Reconnect withPauses(Duration changedFirst, Duration changedLongest) {
        return new Reconnect(changedFirst, changedLongest, maxAttempts);
    }

    public Reconnect withMaxAttempts(int changed) {
        return new Reconnect(first, longest, changed);
    }

    /// The pause before an attempt.
    ///
    /// @param failures attempts that have failed in a row
    public Duration pause(int failures, RandomGenerator random) {
        return pause(failures, Duration.ZERO, random);
    }

    /// As [#pause(int, RandomGenerator)], with a ceiling of at least `least`.
    public Duration pause(int failures, Duration least, RandomGenerator random) {
        long ceiling = longest.toNanos();
        int doublings = Math.min(failures, 62);
        if (first.toNanos() <= ceiling >> doublings) ceiling = first.toNanos() << doublings;
        return Duration.ofNanos(random.nextLong(Math.max(ceiling, least.toNanos()) + 1));
    }

    /// Whether the client gives up after so many failed attempts in a row.
    public boolean isExhausted(int failures) {
        return maxAttempts > 0 && failures >= maxAttempts;
    }
}
