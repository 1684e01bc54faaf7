package io.hawser.tick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ScheduleTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void whatCannotBeAScheduleIsRefusedByName() {
        assertThatThrownBy(() -> Schedule.every(Duration.ofNanos(999_999))).hasMessageContaining("every");
        assertThatThrownBy(() -> Schedule.every(Duration.ofDays(40_000))).hasMessageContaining("every");
        Schedule schedule = Schedule.every(SECOND);
        assertThatThrownBy(() -> schedule.withJitter(Duration.ofNanos(-1))).hasMessageContaining("jitter");
        assertThatThrownBy(() -> schedule.withJitter(SECOND)).hasMessageContaining("jitter");
        assertThatThrownBy(() -> schedule.withFirstAfter(Duration.ofNanos(-1))).hasMessageContaining("firstAfter");
    }

    @Test
    void aFixedDelayMayHaveAnyJitter() {
        assertThat(Schedule.pausing(SECOND).withJitter(Duration.ofMinutes(1)).jitter())
                .isEqualTo(Duration.ofMinutes(1));
    }
}
