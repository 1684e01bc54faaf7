package io.hawser.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SpreadTest {

    @Test
    void theMedianIsTheMiddleOrTheMeanOfTheTwoMiddles() {
        assertThat(Spread.of(List.of(3.0))).isEqualTo(new Spread(3, 3, 3));
        assertThat(Spread.of(List.of(9.0, 1.0, 2.0))).isEqualTo(new Spread(2, 1, 9));
        assertThat(Spread.of(List.of(9.0, 1.0, 2.0, 4.0))).isEqualTo(new Spread(3, 1, 9));
    }

    @Test
    void aRoundWithoutAFigureDoesNotCount() {
        assertThat(Spread.of(List.of(Double.NaN, 4.0, 2.0))).isEqualTo(new Spread(3, 2, 4));
        assertThat(Spread.of(List.of(Double.NaN)).median()).isNaN();
        assertThat(Spread.of(List.of()).format(1)).isEmpty();
    }

    @Test
    void aTableShowsTheSpread() {
        assertThat(new Spread(1234.56, 1000, 2000).format(1)).isEqualTo("1,234.6 (1,000.0-2,000.0)");
    }

    @Test
    void ratiosAreTakenWithinARound() {
        // The machine is twice as slow in the second round for both: the ratio must not show it.
        var result = new RowResult(
                new EchoRow("64B-w16", EchoRow.Kind.MSGI, 64, 16, 64),
                "a",
                Map.of("a", List.of(sample(1), sample(2)), "b", List.of(sample(3), sample(6))),
                Map.of("b", 12.0),
                Map.of("b", Map.of("not answered", 4L)));

        assertThat(result.ratio("b", Sample::serverCpuMicros)).isEqualTo(new Spread(3, 3, 3));
        assertThat(result.spread("b", Sample::serverCpuMicros)).isEqualTo(new Spread(4.5, 3, 6));
        assertThat(MarkdownReport.of(result))
                .contains("64 B, 16 in flight on each of 64 connections")
                .contains("3.00 (3.00-3.00)")
                .contains("not answered=4")
                .contains("| none |");
    }

    private static Sample sample(double cpu) {
        return new Sample(1000 / cpu, cpu, 1, 2, 3, 4, 1, 0.5, 0);
    }
}
