package io.hawser.policy;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.hawser.TimeSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;

/// The state machine of Resilience4j in our words.
///
/// It runs on monotonic time, so that no step of the system's clock opens or closes anything, and without its
/// scheduler: an open one becomes half open when a call comes after its time.
final class BreakerCore {
    /// What the machine counts; it never sees the error itself.
    private static final class Failed extends Exception {
        private static final long serialVersionUID = 1;

        Failed() {
            super("failed", null, false, false);
        }
    }

    private static final int MOST_DOUBLINGS = 30;

    private final io.github.resilience4j.circuitbreaker.CircuitBreaker machine;
    private final TimeSource time;
    private final BiConsumer<BreakerState, BreakerState> changed;
    private final AtomicReference<State> told = new AtomicReference<>(State.CLOSED);
    private final Exception failed = new Failed();
    private volatile long openUntil;

    BreakerCore(BreakerConfig config, TimeSource time, BiConsumer<BreakerState, BreakerState> changed) {
        this.time = time;
        this.machine = io.github.resilience4j.circuitbreaker.CircuitBreaker.of(
                "hawser",
                CircuitBreakerConfig.custom()
                        .slidingWindow(
                                (int) config.window().toSeconds(), config.minCalls(), SlidingWindowType.TIME_BASED)
                        .failureRateThreshold((float) config.failureRate() * 100)
                        .slowCallRateThreshold((float) config.slowRate() * 100)
                        .slowCallDurationThreshold(config.slowCall())
                        .permittedNumberOfCallsInHalfOpenState(config.probes())
                        .waitIntervalFunctionInOpenState(attempt -> openMillis(config, attempt))
                        .clock(new MonotonicClock(time, time.nanoTime()))
                        .currentTimestampFunction(clock -> time.nanoTime(), TimeUnit.NANOSECONDS)
                        .build());
        this.changed = changed;
    }

    /// Tells of a change since the last time. Not through the machine's own events: with one listener, it
    /// would make an event of every call.
    private void tell() {
        State now = machine.getState();
        State before = told.get();
        if (now != before && told.compareAndSet(before, now)) changed.accept(ours(before), ours(now));
    }

    /// The machine asks once each time it opens.
    private long openMillis(BreakerConfig config, int attempt) {
        long first = config.openFirst().toMillis();
        int doublings = Math.min(attempt - 1, MOST_DOUBLINGS);
        long max = config.openMax().toMillis();
        long millis = first > max >> doublings ? max : first << doublings;
        openUntil = time.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        // It ends one later: its time must have passed, ours have come.
        return Math.max(0, millis - 1);
    }

    boolean enter() {
        boolean entered = machine.tryAcquirePermission();
        tell();
        return entered;
    }

    void leave(Verdict verdict, long took, TimeUnit unit) {
        if (verdict.isSuccess()) {
            machine.onSuccess(took, unit);
        } else if (verdict.isFailure()) {
            machine.onError(took, unit, failed);
        } else {
            machine.releasePermission();
        }
        tell();
    }

    Optional<Duration> untilProbe() {
        if (machine.getState() != State.OPEN) return Optional.empty();
        return Optional.of(Duration.ofNanos(Math.max(0, openUntil - time.nanoTime())));
    }

    BreakerState state() {
        return ours(machine.getState());
    }

    void forceOpen() {
        machine.transitionToForcedOpenState();
        tell();
    }

    void forceClosed() {
        machine.transitionToDisabledState();
        tell();
    }

    void reset() {
        machine.transitionToClosedState();
        tell();
    }

    void probe() {
        if (machine.getState() == State.OPEN) machine.transitionToHalfOpenState();
        tell();
    }

    private static BreakerState ours(State state) {
        return switch (state) {
            case CLOSED -> BreakerState.CLOSED;
            case OPEN -> BreakerState.OPEN;
            case HALF_OPEN -> BreakerState.HALF_OPEN;
            case FORCED_OPEN -> BreakerState.FORCED_OPEN;
            case DISABLED, METRICS_ONLY -> BreakerState.FORCED_CLOSED;
        };
    }

    /// Starts at 1970 and goes on with monotonic time.
    private static final class MonotonicClock extends Clock {
        private final TimeSource time;
        private final long start;

        MonotonicClock(TimeSource time, long start) {
            this.time = time;
            this.start = start;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public long millis() {
            return TimeUnit.NANOSECONDS.toMillis(time.nanoTime() - start);
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochSecond(0, time.nanoTime() - start);
        }
    }
}
