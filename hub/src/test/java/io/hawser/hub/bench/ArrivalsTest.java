package io.hawser.hub.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class ArrivalsTest {
    private static final long START = -5_000_000_007L;

    @Test
    void messagesAreDueAtEvenDistances() {
        var arrivals = new Arrivals(START, 1000, 1, 0, 1);

        assertThat(LongStream.range(0, 4).map(n -> arrivals.dueNanos(n) - START))
                .containsExactly(0L, 1_000_000L, 2_000_000L, 3_000_000L);
    }

    @Test
    void aRateThatDoesNotDivideASecondNeverDrifts() {
        var arrivals = new Arrivals(START, 7, 1, 0, 1);

        assertThat(arrivals.dueNanos(7) - START).isEqualTo(1_000_000_000L);
        assertThat(arrivals.dueNanos(7L * 86_400 * 365) - START).isEqualTo(86_400L * 365 * 1_000_000_000L);
    }

    @Test
    void sharesTogetherMakeTheRateOfOne() {
        var whole = new Arrivals(START, 300_007, 1, 0, 1);
        var shares = new Arrivals[] {
            new Arrivals(START, 300_007, 1, 0, 3),
            new Arrivals(START, 300_007, 1, 1, 3),
            new Arrivals(START, 300_007, 1, 2, 3)
        };

        for (int n = 0; n < 1000; n++) {
            assertThat(shares[n % 3].dueNanos(n / 3)).isEqualTo(whole.dueNanos(n));
        }
    }

    @Test
    void aBatchIsDueTogether() {
        var arrivals = new Arrivals(START, 1000, 4, 0, 1);

        assertThat(LongStream.range(0, 9).map(n -> arrivals.dueNanos(n) - START))
                .containsExactly(0L, 0L, 0L, 0L, 4_000_000L, 4_000_000L, 4_000_000L, 4_000_000L, 8_000_000L);
    }

    @Test
    void whatIsDueByAMomentIsWhatHasAnEarlierOrThatMoment() {
        for (int batch : new int[] {1, 3}) {
            for (int share = 0; share < 2; share++) {
                var arrivals = new Arrivals(START, 333, batch, share, 2);
                assertThat(arrivals.dueBy(START - 1)).isZero();
                for (int n = 0; n < 999; n += batch) {
                    long due = arrivals.dueNanos(n);
                    assertThat(arrivals.dueBy(due - 1)).isEqualTo(n);
                    assertThat(arrivals.dueBy(due)).isEqualTo(n + batch);
                }
            }
        }
    }

    @Test
    void aMessageEveryNanosecondForADayIsCounted() {
        var arrivals = new Arrivals(START, 1_000_000_000, 1, 0, 1);
        long day = 86_400L * 1_000_000_000L;

        assertThat(arrivals.dueBy(START + day)).isEqualTo(day + 1);
    }

    @Test
    void aRateOfNothingIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Arrivals(START, 0, 1, 0, 1))
                .withMessageContaining("rate: 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Arrivals(START, 1_000_000_001, 1, 0, 1))
                .withMessageContaining("rate: 1000000001");
    }
}
