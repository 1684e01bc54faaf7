package io.hawser.hub.chaos.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.hub.chaos.ChaosConfig;
import io.hawser.hub.chaos.ChaosRun;
import io.hawser.hub.chaos.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/// Every fault once, with few clients: real hubs, real brokers.
@EnabledIf("io.hawser.testkit.NatsServer#isHere")
@Tag("full")
@Timeout(900)
final class ChaosRunTest {
    @Test
    void whateverHappensNothingIsLostSilentlyOrComesTwiceAndFlowResumes() throws Exception {
        ChaosConfig config = new ChaosConfig(60, 6, 50, 256, Duration.ofSeconds(2));
        List<ChaosRun.Outcome> outcomes = new ArrayList<>();
        boolean isRight = ChaosRun.run(config, Arrays.asList(Fault.values()), outcomes::add);
        assertThat(isRight).as(outcomes.toString()).isTrue();
        assertThat(outcomes).hasSameSizeAs(Fault.values());
        assertThat(outcomes).allMatch(outcome -> outcome.seen().delivered() > 0);
    }
}
