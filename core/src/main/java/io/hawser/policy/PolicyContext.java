package io.hawser.policy;

import io.hawser.TimeSource;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/// What the policies of one upstream share: its name in events, where they read time, what they draw lots
/// with, and who hears of what they do.
///
/// @param name of the upstream, e.g. `payments`
/// @param time where all waits and measurements are made
/// @param random for jitter and choices; must be safe for several threads
/// @param listener hears every event; what it throws is logged and goes no further
public record PolicyContext(String name, TimeSource time, RandomGenerator random, PolicyListener listener) {
    private static final RandomGenerator PER_THREAD =
            () -> ThreadLocalRandom.current().nextLong();
    private static final PolicyContext SYSTEM =
            new PolicyContext("default", TimeSource.system(), PER_THREAD, PolicyListener.none());

    public PolicyContext {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(random, "random");
        Objects.requireNonNull(listener, "listener");
    }

    /// The machine's clock, randomness that differs with every run, no listener; the name is `default`.
    public static PolicyContext system() {
        return SYSTEM;
    }

    /// As [#system()], for the upstream `name`.
    public static PolicyContext of(String name) {
        return SYSTEM.withName(name);
    }

    public PolicyContext withName(String name) {
        return new PolicyContext(name, time, random, listener);
    }

    public PolicyContext withTime(TimeSource time) {
        return new PolicyContext(name, time, random, listener);
    }

    public PolicyContext withRandom(RandomGenerator random) {
        return new PolicyContext(name, time, random, listener);
    }

    public PolicyContext withListener(PolicyListener listener) {
        return new PolicyContext(name, time, random, listener);
    }

    void tell(PolicyEvent event) {
        ListenerFailures.tell(listener, event);
    }
}
