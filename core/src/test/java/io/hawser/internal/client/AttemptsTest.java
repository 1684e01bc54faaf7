package io.hawser.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Reconnect;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// How long clients wait: ceilings, since the random part is always the greatest here.
final class AttemptsTest {
    private static final Duration NONE = Duration.ZERO;
    private static final RandomGenerator GREATEST = new RandomGenerator() {
        @Override
        public long nextLong() {
            return Long.MAX_VALUE;
        }

        @Override
        public long nextLong(long bound) {
            return bound - 1;
        }
    };

    private final Attempts attempts = new Attempts(Reconnect.defaults());
    private long now;

    /// A connection that lasts `millis`, and the pause behind it.
    private Duration lasting(long millis) {
        attempts.opened(now);
        now += TimeUnit.MILLISECONDS.toNanos(millis);
        attempts.ended(now);
        return attempts.pause(NONE, GREATEST);
    }

    private Duration failed() {
        attempts.failed();
        return attempts.pause(NONE, GREATEST);
    }

    @Test
    void eachFailureDoublesThePauseUpToTheLongest() {
        assertThat(lasting(60_000)).isEqualTo(Duration.ofMillis(500));
        assertThat(failed()).isEqualTo(Duration.ofSeconds(1));
        assertThat(failed()).isEqualTo(Duration.ofSeconds(2));
        for (int i = 0; i < 100; i++) attempts.failed();
        assertThat(failed()).isEqualTo(Duration.ofSeconds(20));
        assertThat(lasting(60_000)).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void connectionsInARowThatDoNotLastDoubleItToo() {
        assertThat(lasting(10)).isEqualTo(Duration.ofMillis(500));
        assertThat(lasting(4_999)).isEqualTo(Duration.ofSeconds(1));
        assertThat(lasting(10)).isEqualTo(Duration.ofSeconds(2));
        assertThat(lasting(5_000)).isEqualTo(Duration.ofMillis(500));
        assertThat(lasting(10)).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void whatTheServerAsksForComesOnTop() {
        attempts.failed();
        assertThat(attempts.pause(Duration.ofSeconds(7), GREATEST)).isEqualTo(Duration.ofSeconds(8));
    }

    @Test
    void whereAServerHasManyClientsTheyComeBackWithinTheTimeThatTheyNeed() {
        Duration spread = Duration.ofSeconds(10);
        assertThat(attempts.pause(NONE, spread, GREATEST))
                .as("it may be its own connection alone")
                .isEqualTo(Duration.ofMillis(500));
        attempts.failed();
        assertThat(attempts.pause(NONE, spread, GREATEST)).isEqualTo(spread);
        assertThat(attempts.pause(Duration.ofSeconds(1), spread, GREATEST)).isEqualTo(Duration.ofSeconds(11));
        for (int i = 0; i < 3; i++) attempts.failed();
        assertThat(attempts.pause(NONE, spread, GREATEST)).as("0.5 to 8 s").isEqualTo(spread);
        attempts.failed();
        assertThat(attempts.pause(NONE, spread, GREATEST)).isEqualTo(Duration.ofSeconds(16));
    }

    @Test
    void aConnectionForgetsTheFailuresBeforeIt() {
        Attempts two = new Attempts(Reconnect.defaults().withMaxAttempts(2));
        two.failed();
        assertThat(two.areExhausted()).isFalse();
        two.opened(0);
        two.failed();
        assertThat(two.areExhausted()).isFalse();
        two.failed();
        assertThat(two.areExhausted()).isTrue();
        assertThat(two.failures()).isEqualTo(2);
    }
}
