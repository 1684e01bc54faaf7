package io.hawser.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.testkit.FakeTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class BrokerClockTest {
    private final FakeTime time = new FakeTime();
    private final BrokerClock clock = new BrokerClock(time);

    @Test
    void untilTheBrokerHasSaidItIsThisMachinesTime() {
        assertThat(clock.now()).isEqualTo(time.now());
    }

    @Test
    void aStepOfThisMachinesClockAgesNothing() {
        Instant said = time.now().plusSeconds(3);
        clock.heard(said);
        time.advance(Duration.ofSeconds(10));
        for (int hours : new int[] {1, -2}) {
            time.stepClock(Duration.ofHours(hours));
            assertThat(clock.now()).isEqualTo(said.plusSeconds(10));
            assertThat(clock.since(said)).isEqualTo(Duration.ofSeconds(10));
        }
    }

    @Test
    void whatIsStillToComeIsNotOld() {
        clock.heard(time.now());
        assertThat(clock.since(time.now().plusSeconds(1))).isZero();
    }
}
