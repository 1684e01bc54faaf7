package io.hawser.internal.process;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// The pauses before a child that has died is started again: each up to twice the last, with jitter, and the
/// first one again once a child has lived for a while.
///
/// Thread: one at a time.
public final class Backoff {
    static final Duration FIRST = Duration.ofMillis(100);
    static final Duration LONGEST = Duration.ofSeconds(10);
    static final Duration LIVED = Duration.ofSeconds(30);

    private final RandomGenerator random;
    private int deaths;

    public Backoff(RandomGenerator random) {
        this.random = random;
    }

    /// The pause after a child's death, half of it at random.
    ///
    /// @param lived how long it ran
    public Duration after(Duration lived) {
        if (lived.compareTo(LIVED) >= 0) deaths = 0;
        long ceiling = Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(deaths, 20));
        deaths++;
        return Duration.ofMillis(ceiling / 2 + random.nextLong(ceiling / 2 + 1));
    }
}
