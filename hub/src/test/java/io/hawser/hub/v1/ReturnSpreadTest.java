package io.hawser.hub.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ReturnSpreadTest {
    private final ReturnSpread spread = new ReturnSpread();

    @Test
    void eightHundredComeBackASecondWhereThereAreManyAndFewAtOnce() {
        assertThat(ReturnSpread.of(0)).isZero();
        assertThat(ReturnSpread.of(399)).isZero();
        assertThat(ReturnSpread.of(400)).isEqualTo(Duration.ofMillis(500));
        assertThat(ReturnSpread.of(10_000)).isEqualTo(Duration.ofMillis(12_500));
        assertThat(ReturnSpread.of(1_000_000))
                .as("a session is kept for longer")
                .isEqualTo(Duration.ofSeconds(30))
                .isLessThan(Peers.WINDOW);
    }

    @Test
    void everyoneIsToldWhenThereAreAQuarterMore() {
        int told = 0;
        for (int sessions = 1; sessions <= 10_000; sessions++) {
            if (spread.hasGrown(sessions)) told++;
        }
        assertThat(told).isEqualTo(15);
        assertThat(spread.hasGrown(10_000)).isFalse();
        assertThat(spread.hasGrown(12_500)).isTrue();
        assertThat(spread.hasGrown(12_500)).isFalse();
    }

    @Test
    void whereManyHaveGoneThoseWhoComeAgainAreToldAgain() {
        assertThat(spread.hasGrown(10_000)).isTrue();
        assertThat(spread.hasGrown(6_000)).isFalse();
        assertThat(spread.hasGrown(10_000)).as("they know").isFalse();
        assertThat(spread.hasGrown(100)).isFalse();
        assertThat(spread.hasGrown(600)).isTrue();
    }

    @Test
    void atTheLongestNobodyIsToldAnyMore() {
        assertThat(spread.hasGrown(24_000)).isTrue();
        assertThat(spread.hasGrown(1_000_000)).isFalse();
    }
}
