package io.hawser.policy;

import io.hawser.policy.RetryConfig.Backoff;
import io.hawser.policy.Verdict.Kind;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait before the next attempt.
record Delays(RetryConfig config, RandomGenerator random) {
    /// Of those who are told the same moment, spread over this share of the wait, and never before it.
    private static final int HINT_JITTER_PERCENT = 10;

    private static final int MOST_DOUBLINGS = 30;

    /// @param attempt the number of the one that failed
    /// @param leftNanos until the deadline, past which the jitter of a hint does not lead
    long beforeNext(int attempt, Verdict verdict, long leftNanos) {
        if (verdict.retryAfter().isEmpty()) return growing(attempt, verdict.kind());
        long hint = Checked.saturatedNanos(verdict.retryAfter().get());
        long spread = Math.min(hint / 100 * HINT_JITTER_PERCENT, leftNanos - hint - 1);
        return hint + upTo(Math.max(0, spread));
    }

    private long growing(int attempt, Kind kind) {
        Duration first = kind == Kind.THROTTLED ? config.throttledDelay() : config.transientDelay();
        if (config.backoff() == Backoff.FIXED) return first.toNanos();
        int doublings = Math.min(attempt - 1, MOST_DOUBLINGS);
        long max = config.maxDelay().toNanos();
        return upTo(first.toNanos() > max >> doublings ? max : first.toNanos() << doublings);
    }

    private long upTo(long nanos) {
        return nanos == 0 ? 0 : random.nextLong(nanos + 1);
    }
}
