package io.hawser.hub.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TallyTest {
    private static final long FROM = Long.MAX_VALUE - 500;
    // The clock may pass the largest number.
    private static final long TO = Long.MIN_VALUE + 499;

    @Test
    void onlyAnswersWithinTheIntervalAreMeasured() {
        var tally = new Tally(FROM, TO);

        tally.answers(1, FROM - 10, FROM - 1);
        tally.answers(2, FROM - 10, FROM);
        tally.answers(4, FROM - 10, TO - 1);
        tally.answers(8, FROM - 10, TO);

        assertThat(tally.measured()).isEqualTo(6);
        assertThat(tally.latency().getTotalCount()).isEqualTo(6);
        assertThat(tally.answeredSoFar()).isEqualTo(15);
    }

    @Test
    void percentilesAreThoseOfTheAnswers() {
        var tally = new Tally(0, Long.MAX_VALUE);
        for (int i = 1; i <= 1000; i++) {
            tally.answers(1, 0, i);
        }
        tally.answers(1, 0, 1_000_000);

        var percentiles = Percentiles.of(tally.latency());

        assertThat(percentiles.p50Nanos()).isEqualTo(501);
        assertThat(percentiles.p90Nanos()).isEqualTo(901);
        assertThat(percentiles.p99Nanos()).isEqualTo(991);
        assertThat(percentiles.p999Nanos()).isEqualTo(1000);
        assertThat(percentiles.maxNanos()).isBetween(1_000_000L, 1_001_000L);
        assertThat(percentiles.toMicros()).containsEntry("p50", 0.501);
    }

    @Test
    void faultsAreCountedByKindAndNeverLost() {
        var faults = new Faults();
        for (int i = 0; i < 100; i++) {
            faults.add("kind " + i, 2);
        }
        faults.add("kind 0");
        faults.add("nothing", 0);

        assertThat(faults.counts()).containsEntry("kind 0", 3L).doesNotContainKey("nothing");
        assertThat(faults.counts()).hasSizeLessThanOrEqualTo(65);
        assertThat(faults.counts().values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(201);
    }
}
