package io.hawser.hub.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class StormOutcomeTest {
    private static final Duration TIME = Duration.ofSeconds(1);

    private static StormOutcome outcome(StormFault fault, long away, long perSecond, Seen seen) {
        return new StormOutcome(fault, away, TIME, TIME, perSecond, perSecond, seen);
    }

    @Test
    void afterADrainNoMoreComeThanItCloses() {
        Seen good = new Seen(10, 0, 0, 5);
        assertThat(outcome(StormFault.DRAINED, 0, 2_000, good).isRight()).isTrue();
        assertThat(outcome(StormFault.DRAINED, 0, 2_001, good).isRight()).isFalse();
        assertThat(outcome(StormFault.KILLED, 0, 2_001, good).isRight())
                .as("it is told, and not judged")
                .isTrue();
    }

    @Test
    void everyoneMustBeBackWithAllThatCameSinceOnce() {
        assertThat(outcome(StormFault.KILLED, 1, 1, new Seen(10, 0, 0, 5)).isRight())
                .isFalse();
        assertThat(outcome(StormFault.KILLED, 0, 1, new Seen(10, 1, 0, 5)).isRight())
                .isFalse();
        assertThat(outcome(StormFault.KILLED, 0, 1, new Seen(10, 0, 1, 5)).isRight())
                .isFalse();
    }
}
