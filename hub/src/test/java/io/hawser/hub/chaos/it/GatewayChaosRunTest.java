package io.hawser.hub.chaos.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.hub.chaos.GatewayChaosConfig;
import io.hawser.hub.chaos.GatewayChaosRun;
import io.hawser.hub.chaos.GatewayFault;
import io.hawser.hub.chaos.GatewayOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// Real servers behind a real gateway, and calls through it.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no SIGSTOP")
@Timeout(300)
final class GatewayChaosRunTest {
    @Test
    void whateverBecomesOfServersItsCallersSeeNothingOfItWhileOthersAreWellAndLittleOtherwise() throws Exception {
        GatewayChaosConfig config = new GatewayChaosConfig(50, Duration.ofSeconds(2));
        List<GatewayFault> faults =
                List.of(GatewayFault.ONE_KILLED, GatewayFault.ONE_STOPPED, GatewayFault.ALL_BLACK_HOLED);
        List<GatewayOutcome> outcomes = new ArrayList<>();
        boolean isRight = GatewayChaosRun.run(config, faults, outcomes::add);
        assertThat(isRight).as(outcomes.toString()).isTrue();
        assertThat(outcomes)
                .extracting(GatewayOutcome::fault)
                .startsWith(GatewayFault.NOTHING)
                .containsAll(faults);
        assertThat(outcomes.getFirst().failed()).isZero();
        assertThat(outcomes.getLast().failed())
                .as("nobody answers: %s", outcomes)
                .isPositive();
    }
}
