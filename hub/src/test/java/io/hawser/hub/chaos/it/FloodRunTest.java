package io.hawser.hub.chaos.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.hub.chaos.FloodConfig;
import io.hawser.hub.chaos.FloodOutcome;
import io.hawser.hub.chaos.FloodRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// A real hub, flooded from one address while another calls it.
@DisabledOnOs(value = OS.MAC, disabledReason = "only 127.0.0.1 is an address of its own there")
@Timeout(300)
final class FloodRunTest {
    @Test
    void aFloodOfOneAddressIsKeptOutAndNoCallOfAnotherFails() throws Exception {
        FloodConfig config = new FloodConfig(50, 600, Duration.ofSeconds(1), 1);
        List<FloodOutcome> told = new ArrayList<>();
        List<FloodOutcome> outcomes = FloodRun.run(config, told::add);
        assertThat(outcomes).isEqualTo(told).hasSize(2).allMatch(FloodOutcome::isRight);
        assertThat(outcomes).extracting(FloodOutcome::isFlooded).containsExactly(false, true);
        assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome.calls()).isPositive());
        assertThat(FloodOutcome.ratio(outcomes)).isPositive();
    }
}
