package io.hawser.hub.chaos.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.hub.chaos.StormConfig;
import io.hawser.hub.chaos.StormFault;
import io.hawser.hub.chaos.StormOutcome;
import io.hawser.hub.chaos.StormRun;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// A real hub, restarted under its clients.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no SIGTERM")
@Timeout(300)
final class StormRunTest {
    private static final int CLIENTS = 300;

    @Test
    void allClientsComeBackNoFasterThanADrainClosesAndNothingIsLostSilentlyOrComesTwice() throws Exception {
        List<StormOutcome> outcomes = new ArrayList<>();
        List<StormFault> faults = List.of(StormFault.KILLED, StormFault.DRAINED);
        boolean isRight = StormRun.run(new StormConfig(CLIENTS, 4, 20), faults, outcomes::add);
        assertThat(isRight).as(outcomes.toString()).isTrue();
        assertThat(outcomes).extracting(StormOutcome::fault).containsExactlyElementsOf(faults);
        assertThat(outcomes).allSatisfy(outcome -> {
            assertThat(outcome.seen().resyncs())
                    .as("each is told of what went with the hub")
                    .isEqualTo(CLIENTS);
            assertThat(outcome.seen().delivered()).isPositive();
            assertThat(outcome.perSecond()).isPositive();
        });
    }
}
