package io.hawser.hub.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

final class DistributionTest {
    @Test
    void everyAnswerIsInOneStep() {
        Histogram latency = new Histogram(3);
        for (int i = 0; i < 900; i++) latency.recordValue(20_000);
        for (int i = 0; i < 99; i++) latency.recordValue(200_000);
        latency.recordValue(9_000_000);
        Distribution distribution = Distribution.of(latency);
        assertThat(distribution.steps().stream()
                        .mapToLong(Distribution.Step::count)
                        .sum())
                .isEqualTo(1000);
        assertThat(distribution.steps().getFirst().count()).isEqualTo(900);
        assertThat(distribution.steps().getLast().count()).isEqualTo(1);
        assertThat(distribution.steps().getLast().upToNanos()).isGreaterThanOrEqualTo(9_000_000);
        assertThat(distribution.marks().getFirst().nanos()).isBetween(20_000L, 20_100L);
        assertThat(distribution.marks().getLast().percent()).isEqualTo(100);
        assertThat(distribution.marks().getLast().nanos()).isGreaterThanOrEqualTo(9_000_000);
    }

    @Test
    void barsAreAsLongAsTheirShareAndTheLeastIsSeen() {
        Distribution distribution = new Distribution(
                List.of(
                        new Distribution.Step(10_000, 1000),
                        new Distribution.Step(15_000, 500),
                        new Distribution.Step(20_000, 1)),
                List.of());
        assertThat(distribution.draw().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("       10 us  " + "█".repeat(50)),
                        line -> assertThat(line).startsWith("       15 us  " + "█".repeat(25) + " "),
                        line -> assertThat(line).startsWith("       20 us  ▏ "));
    }

    @Test
    void nothingMeasuredIsNothingDrawn() {
        assertThat(Distribution.of(new Histogram(3)).draw()).isEmpty();
    }
}
