package io.hawser.hub.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.hub.chaos.SteadyCalls.Ended;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class FloodOutcomeTest {
    private static final Flooder.Tally KEPT_OUT = new Flooder.Tally(100, 10, 90, 0);

    private static FloodOutcome outcome(boolean isFlooded, long nanos, Flooder.Tally flood) {
        List<Ended> calls = LongStream.rangeClosed(1, 100)
                .mapToObj(i -> new Ended(i, nanos * i / 100, true))
                .toList();
        return FloodOutcome.of(isFlooded, calls, flood);
    }

    @Test
    void theRatioIsThatOfTheMediansOfAllRounds() {
        List<FloodOutcome> outcomes = List.of(
                outcome(false, 1_000_000, Flooder.Tally.NONE),
                outcome(true, 90_000_000, KEPT_OUT),
                outcome(false, 2_000_000, Flooder.Tally.NONE),
                outcome(true, 3_000_000, KEPT_OUT),
                outcome(false, 80_000_000, Flooder.Tally.NONE),
                outcome(true, 1_000_000, KEPT_OUT));
        assertThat(FloodOutcome.ratio(outcomes)).isBetween(1.49, 1.51);
        assertThat(FloodOutcome.ratio(outcomes.subList(0, 4)))
                .as("of two, what lies between them")
                .isBetween(30.5, 31.5);
    }

    @Test
    void aCallThatFailedOrAFloodThatWasLetInIsNotRight() {
        FloodOutcome good = outcome(true, 1_000_000, KEPT_OUT);
        assertThat(good.isRight()).isTrue();
        assertThat(good.p50Nanos()).isBetween(499_000L, 501_000L);
        assertThat(good.p99Nanos()).isBetween(989_000L, 991_000L);
        assertThat(outcome(true, 1, new Flooder.Tally(100, 100, 0, 0)).isRight())
                .isFalse();
        FloodOutcome failed =
                FloodOutcome.of(true, List.of(new Ended(1, 5, true), new Ended(2, 9_000, false)), KEPT_OUT);
        assertThat(failed.isRight()).isFalse();
        assertThat(failed.failed()).isEqualTo(1);
        assertThat(failed.p99Nanos()).isEqualTo(5);
    }
}
