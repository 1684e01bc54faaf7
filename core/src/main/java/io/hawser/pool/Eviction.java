package io.hawser.pool;

import java.time.Duration;

/// When a pool closes connections that nobody uses.
///
/// @param idle how long one may be unused while there are more than the initial size; default 60 s
/// @param age how old one may be; at that age it is closed when it comes back, never while it is used; default
///     30 min
/// @param ageJitter the part of `age`, from 0 to 1, that is taken off at random, so that connections that were
///     opened together do not end together; default 0.1
/// @param validateAfter how long one may be unused and still be handed out without asking its factory; default
///     1 s
public record Eviction(Duration idle, Duration age, double ageJitter, Duration validateAfter) {
    private static final Eviction DEFAULTS =
            new Eviction(Duration.ofSeconds(60), Duration.ofMinutes(30), 0.1, Duration.ofSeconds(1));

    public Eviction {
        if (!idle.isPositive()) throw new IllegalArgumentException("idle " + idle + ": above zero");
        if (!age.isPositive()) throw new IllegalArgumentException("age " + age + ": above zero");
        if (!(ageJitter >= 0 && ageJitter <= 1)) {
            throw new IllegalArgumentException("ageJitter " + ageJitter + ": from 0 to 1");
        }
        if (validateAfter.isNegative()) {
            throw new IllegalArgumentException("validateAfter " + validateAfter + ": zero or more");
        }
    }

    public static Eviction defaults() {
        return DEFAULTS;
    }

    public Eviction withIdle(Duration changed) {
        return new Eviction(changed, age, ageJitter, validateAfter);
    }

    public Eviction withAge(Duration changed, double jitter) {
        return new Eviction(idle, changed, jitter, validateAfter);
    }

    public Eviction withValidateAfter(Duration changed) {
        return new Eviction(idle, age, ageJitter, changed);
    }
}
