package io.hawser.internal.client;

import io.hawser.Reconnect;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// The attempts of one client to have a connection, and how long it waits before the next.
///
/// Thread: not safe; the client's own.
public final class Attempts {
    /// Times the first pause: what a connection has to last not to count as thrown out.
    private static final int LASTING = 10;

    private final Reconnect reconnect;
    private int failures;
    private int thrownOut;
    private int doublings;
    private long openedNanos;

    public Attempts(Reconnect reconnect) {
        this.reconnect = reconnect;
    }

    public void opened(long nowNanos) {
        failures = 0;
        openedNanos = nowNanos;
    }

    /// The connection that was opened last has ended. A server that lets in and throws out again is not to
    /// be asked ever so often.
    public void ended(long nowNanos) {
        boolean hasLasted =
                nowNanos - openedNanos >= LASTING * reconnect.first().toNanos();
        doublings = hasLasted ? 0 : thrownOut;
        thrownOut = hasLasted ? 0 : thrownOut + 1;
    }

    /// None was to be had.
    public void failed() {
        failures++;
        doublings = failures;
    }

    /// How many have failed since a connection was open.
    public int failures() {
        return failures;
    }

    public boolean areExhausted() {
        return reconnect.isExhausted(failures);
    }

    /// The pause before the next, at least what the server asked for.
    public Duration pause(Duration asked, RandomGenerator random) {
        return pause(asked, Duration.ZERO, random);
    }

    /// As [#pause(Duration, RandomGenerator)], where the server has so many clients that, once it is not
    /// found at the first attempt, and so by none of them, they should come back within `spread` rather than
    /// sooner.
    public Duration pause(Duration asked, Duration spread, RandomGenerator random) {
        return asked.plus(reconnect.pause(doublings, failures > 0 ? spread : Duration.ZERO, random));
    }
}
