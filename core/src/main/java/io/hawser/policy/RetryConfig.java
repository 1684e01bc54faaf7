package io.hawser.policy;

import java.time.Duration;
import java.util.Objects;

/// How often and how soon a [Retry] tries again.
///
/// @param attempts in all, the first included; 1 to 20
/// @param transientDelay before the second attempt after a transient failure
/// @param throttledDelay before the second attempt after being throttled without a hint
/// @param maxDelay the longest delay that doubling leads to
/// @param backoff how the delay grows
/// @param maxHint the longest hint of the other side (Retry-After) that is waited for; a longer one ends the
///     call at once
public record RetryConfig(
        int attempts,
        Duration transientDelay,
        Duration throttledDelay,
        Duration maxDelay,
        Backoff backoff,
        Duration maxHint) {
    private static final RetryConfig DEFAULTS = new RetryConfig(
            3,
            Duration.ofMillis(50),
            Duration.ofSeconds(1),
            Duration.ofSeconds(20),
            Backoff.FULL_JITTER,
            Duration.ofSeconds(60));

    /// How delays grow from one attempt to the next.
    public enum Backoff {
        /// They do not.
        FIXED,
        /// Each is drawn evenly between 0 and a bound that doubles, so that callers who failed together do
        /// not come back together.
        FULL_JITTER
    }

    public RetryConfig {
        Checked.between("attempts", attempts, 1, 20);
        Checked.notNegative("transientDelay", transientDelay);
        Checked.notNegative("throttledDelay", throttledDelay);
        Checked.notNegative("maxDelay", maxDelay);
        Checked.notNegative("maxHint", maxHint);
        Objects.requireNonNull(backoff, "backoff");
    }

    /// 3 attempts, full jitter from 50 ms (1 s when throttled) up to 20 s, hints of up to a minute.
    public static RetryConfig defaults() {
        return DEFAULTS;
    }

    public RetryConfig withAttempts(int attempts) {
        return new RetryConfig(attempts, transientDelay, throttledDelay, maxDelay, backoff, maxHint);
    }

    /// Every delay is `delay`, after any failure.
    public RetryConfig withFixedDelay(Duration delay) {
        return new RetryConfig(attempts, delay, delay, delay, Backoff.FIXED, maxHint);
    }

    public RetryConfig withTransientDelay(Duration transientDelay) {
        return new RetryConfig(attempts, transientDelay, throttledDelay, maxDelay, backoff, maxHint);
    }

    public RetryConfig withThrottledDelay(Duration throttledDelay) {
        return new RetryConfig(attempts, transientDelay, throttledDelay, maxDelay, backoff, maxHint);
    }

    public RetryConfig withMaxDelay(Duration maxDelay) {
        return new RetryConfig(attempts, transientDelay, throttledDelay, maxDelay, backoff, maxHint);
    }

    public RetryConfig withMaxHint(Duration maxHint) {
        return new RetryConfig(attempts, transientDelay, throttledDelay, maxDelay, backoff, maxHint);
    }
}
