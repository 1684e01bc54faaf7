package io.hawser.hub.chaos.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.hub.chaos.ReaderConfig;
import io.hawser.hub.chaos.ReaderOutcome;
import io.hawser.hub.chaos.ReaderRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A real hub, of whose readers one stands still.
@Timeout(300)
final class ReaderRunTest {
    @Test
    void whoStandsStillIsToldWhatItLostAndNobodyElseMissesAnything() throws Exception {
        ReaderConfig config = new ReaderConfig(200, 10, 64, Duration.ofSeconds(3), 1);
        List<ReaderOutcome> told = new ArrayList<>();
        List<ReaderOutcome> outcomes = ReaderRun.run(config, told::add);
        assertThat(outcomes).isEqualTo(told).hasSize(2).allMatch(ReaderOutcome::isRight);
        assertThat(outcomes).extracting(ReaderOutcome::isStill).containsExactly(false, true);
        assertThat(outcomes.getLast().queuedBytes())
                .as("its queue was full")
                .isGreaterThan(200 << 10);
        assertThat(ReaderOutcome.ratio(outcomes)).isPositive();
    }
}
