package io.hawser.policy;

import io.hawser.Deadline;
import io.hawser.TimeSource;
import java.time.Duration;

/// How long a call may take.
sealed interface TimeLimit {
    Duration duration();

    /// A call ended.
    ///
    /// @param limit what the call had
    /// @param deadline what that led to, passed if the call was cut off
    void observe(Duration limit, Deadline deadline);

    /// Always the same.
    record Fixed(Duration duration) implements TimeLimit {
        public Fixed {
            Checked.positive("limit", duration);
        }

        @Override
        public void observe(Duration limit, Deadline deadline) {}
    }

    /// From what was observed.
    final class Adaptive implements TimeLimit {
        private static final double PERCENTILE = 0.99;
        private static final int TIMES = 3;

        private final Duration max;
        private final long minNanos;
        private final RollingLatency latency;

        Adaptive(Duration min, Duration max, TimeSource time) {
            this.minNanos = Checked.positive("min", min).toNanos();
            this.max = Checked.positive("max", max);
            if (minNanos > max.toNanos()) throw new IllegalArgumentException("min is " + min + ", above max " + max);
            this.latency = new RollingLatency(PERCENTILE, time);
        }

        @Override
        public Duration duration() {
            long observed = latency.nanos();
            if (observed == RollingLatency.UNKNOWN) return max;
            return Duration.ofNanos(Math.clamp(observed * TIMES, minNanos, max.toNanos()));
        }

        @Override
        public void observe(Duration limit, Deadline deadline) {
            latency.record(limit.toNanos() - Math.max(0, deadline.remainingNanos()));
        }
    }
}
