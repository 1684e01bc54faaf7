package io.hawser.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.Rejected;
import io.hawser.testing.FakeTime;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The time of day is set forward or back: policies count by the monotonic clock, so none of them notices.
class PolicyClockStepTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final FakeTime time = new FakeTime();
    private final PolicyContext context = new Events().context(time);

    private static void passes(Policy policy) throws Exception {
        assertThat(policy.call(() -> "a")).isEqualTo("a");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1})
    void aRateLimitGivesNoMorePermitsAndNoFewer(int direction) throws Exception {
        RateLimiter limiter = RateLimiter.rejecting(RateLimit.perWindow(2, MINUTE), context);
        passes(limiter);
        time.stepClock(DAY.multipliedBy(direction));
        passes(limiter);
        assertThatThrownBy(() -> limiter.call(() -> "a")).isInstanceOf(Rejected.class);
        time.stepClock(DAY.multipliedBy(direction));
        assertThatThrownBy(() -> limiter.call(() -> "a")).isInstanceOf(Rejected.class);
        time.pass(MINUTE);
        passes(limiter);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1})
    void aBreakerStaysOpenForAsLongAsItShould(int direction) throws Exception {
        BreakerConfig config = BreakerConfig.defaults();
        CircuitBreaker breaker = CircuitBreaker.of(config, context);
        while (breaker.state() == BreakerState.CLOSED) {
            assertThatThrownBy(() -> breaker.call(() -> {
                        throw new IOException("down");
                    }))
                    .isInstanceOf(IOException.class);
        }
        time.stepClock(DAY.multipliedBy(direction));
        assertThatThrownBy(() -> breaker.call(() -> "a")).isInstanceOf(Rejected.class);
        // The pause grows with failures in a row, and has a random part; it never is a day.
        time.pass(Duration.ofHours(1));
        passes(breaker);
    }
}
