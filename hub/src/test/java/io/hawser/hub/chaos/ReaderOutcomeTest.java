package io.hawser.hub.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.hub.chaos.ReaderOutcome.Others;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

final class ReaderOutcomeTest {
    private static final Seen WELL = new Seen(10, 0, 0, 0);
    private static final Others OTHERS = new Others(1000, 0, 1, 2);
    private static final long FULL = ReaderScene.MOST_QUEUED_BYTES;

    @Test
    void nobodyElseMayMissAnythingAndTheOneMustBeToldWhatItLost() {
        assertThat(new ReaderOutcome(true, OTHERS, WELL, 5, 0, FULL).isRight()).isTrue();
        assertThat(new ReaderOutcome(false, OTHERS, WELL, 0, 0, 0).isRight()).isTrue();
        assertThat(new ReaderOutcome(true, OTHERS, WELL, 0, 0, FULL).isRight())
                .as("its socket was not full")
                .isFalse();
        assertThat(new ReaderOutcome(true, OTHERS, new Seen(10, 0, 1, 0), 5, 0, FULL).isRight())
                .as("one it was not told of")
                .isFalse();
        assertThat(new ReaderOutcome(true, new Others(1000, 1, 1, 2), WELL, 5, 0, FULL).isRight())
                .isFalse();
        assertThat(new ReaderOutcome(true, OTHERS, WELL, 5, 1, FULL).isRight()).isFalse();
        assertThat(new ReaderOutcome(true, OTHERS, WELL, 5, 0, FULL + 1).isRight())
                .isFalse();
    }

    @Test
    void whatAnotherLostCountsThoughItWasTold() {
        assertThat(Others.of(WELL, 3, new Histogram(3)).missed()).isEqualTo(3);
        assertThat(Others.of(new Seen(10, 1, 2, 4), 0, new Histogram(3)).missed())
                .isEqualTo(7);
    }

    @Test
    void theRatioIsThatOfTheMedians() {
        List<ReaderOutcome> outcomes = List.of(
                new ReaderOutcome(false, new Others(1, 0, 1, 10), WELL, 0, 0, 0),
                new ReaderOutcome(true, new Others(1, 0, 1, 12), WELL, 1, 0, 0),
                new ReaderOutcome(false, new Others(1, 0, 1, 30), WELL, 0, 0, 0),
                new ReaderOutcome(true, new Others(1, 0, 1, 18), WELL, 1, 0, 0));
        assertThat(ReaderOutcome.ratio(outcomes)).isEqualTo(0.75);
    }
}
