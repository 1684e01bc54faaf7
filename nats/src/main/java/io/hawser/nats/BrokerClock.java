package io.hawser.nats;

import io.hawser.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The broker's time of day, which all nodes share, carried on by this machine's monotonic clock: so a step
/// of this machine's clock makes no message older, and no other node's question late.
///
/// Thread: safe from any.
final class BrokerClock {
    private record Reading(Instant then, long nanos) {}

    private final TimeSource time;
    private final AtomicReference<@Nullable Reading> last = new AtomicReference<>();

    BrokerClock(TimeSource time) {
        this.time = time;
    }

    /// The broker says that it is `now`.
    void heard(Instant now) {
        heard(now, time.nanoTime());
    }

    /// The broker said that it was `then` when this machine's monotonic clock was at `nanos`.
    void heard(Instant then, long nanos) {
        last.set(new Reading(then, nanos));
    }

    /// By this machine's clock until the broker has said.
    Instant now() {
        Reading reading = last.get();
        return reading == null ? time.now() : reading.then().plusNanos(time.nanoTime() - reading.nanos());
    }

    /// How long ago `then` was; nothing if it is still to come.
    Duration since(Instant then) {
        Duration age = Duration.between(then, now());
        return age.isNegative() ? Duration.ZERO : age;
    }
}
