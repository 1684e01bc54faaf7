package io.hawser.policy;

import java.time.Duration;
import java.util.Objects;

/// Checks of configuration, whose complaints name the component, its value and the limit.
final class Checked {
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final Duration MOST_NANOS = Duration.ofNanos(Long.MAX_VALUE / 4);

    private Checked() {}

    static int between(String what, int value, int least, int most) {
        if (value < least) throw new IllegalArgumentException(what + " is " + value + ", below " + least);
        if (value > most) throw new IllegalArgumentException(what + " is " + value + ", above " + most);
        return value;
    }

    static double between(String what, double value, double least, double most) {
        // Not the negation of outside: NaN is neither.
        if (value >= least && value <= most) return value;
        throw new IllegalArgumentException(what + " is " + value + ", not between " + least + " and " + most);
    }

    /// What somebody else said, which may be more than nanoseconds can tell: at most 73 years, at least 0.
    static long saturatedNanos(Duration said) {
        if (said.isNegative()) return 0;
        return said.compareTo(MOST_NANOS) > 0 ? MOST_NANOS.toNanos() : said.toNanos();
    }

    /// Longer than 0, at most a year.
    static Duration positive(String what, Duration value) {
        if (value.isZero()) throw new IllegalArgumentException(what + " is 0, must be longer");
        return notNegative(what, value);
    }

    static Duration notNegative(String what, Duration value) {
        Objects.requireNonNull(value, what);
        if (value.isNegative()) throw new IllegalArgumentException(what + " is " + value + ", below 0");
        if (value.compareTo(LONGEST) > 0) throw new IllegalArgumentException(what + " is " + value + ", above a year");
        return value;
    }
}
