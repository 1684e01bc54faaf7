package io.hawser.hub.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What the verbs of chaos refuse before they start anything.
final class ChaosConfigsTest {
    @Test
    void aStormHasClientsTopicsAndARate() {
        assertThat(new StormConfig(15_000, 100, 1000).clients()).isEqualTo(15_000);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StormConfig(15_001, 1, 1))
                .withMessage("clients 15001: 1 to 15000");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StormConfig(1, 0, 1))
                .withMessage("topics 0: 1 to 100");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StormConfig(1, 1, 1001))
                .withMessage("rate 1001: 1 to 1000");
    }

    @Test
    void aReaderStandsStillUntilItsSocketIsFullAndNoLongerThanAHubWaits() {
        assertThat(reader(Duration.ofSeconds(2)).time()).isEqualTo(Duration.ofSeconds(2));
        assertThat(reader(Duration.ofSeconds(8)).time()).isEqualTo(Duration.ofSeconds(8));
        for (Duration time : new Duration[] {Duration.ofMillis(1999), Duration.ofMillis(8001)}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> reader(time))
                    .withMessage("time " + time + ": 2 to 8 s");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ReaderConfig(9001, 1, 0, Duration.ofSeconds(2), 1))
                .withMessage("readers 9001: 1 to 9000");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ReaderConfig(1, 1, 65_537, Duration.ofSeconds(2), 1))
                .withMessage("payload 65537: 0 to 65,536");
    }

    private static ReaderConfig reader(Duration time) {
        return new ReaderConfig(1, 1, 0, time, 1);
    }
}
