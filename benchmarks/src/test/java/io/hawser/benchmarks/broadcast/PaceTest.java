package io.hawser.benchmarks.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class PaceTest {
    private static final long MILLI = 1_000_000;

    private final BroadcastLoad load = new BroadcastLoad(1, 2, 128);

    @Test
    void withoutARateTheWindowIsTheOnlyBound() {
        var ledger = new Ledger(load);
        var pace = new Pace(ledger, 0, OptionalLong.empty());

        assertThat(pace.next(0)).isNotNull();
        assertThat(pace.next(0)).isNotNull();
        assertThat(pace.next(0)).isNull();
        assertThat(pace.missed(1000 * MILLI)).isZero();
    }

    @Test
    void atARateNothingIsPublishedBeforeItIsDue() {
        var pace = new Pace(new Ledger(load.at(1000)), 0, OptionalLong.of(1000));

        assertThat(pace.next(0)).isNotNull();
        assertThat(pace.next(MILLI / 2)).isNull();
        assertThat(pace.nanosToNext(MILLI / 2)).isEqualTo(MILLI / 2);
        assertThat(pace.next(MILLI)).isNotNull();
    }

    @Test
    void whatWaitsForRoomIsLateFromWhenItWasDue() throws Exception {
        var ledger = new Ledger(load);
        var pace = new Pace(ledger, 0, OptionalLong.of(1000));
        ledger.measure(0, 100 * MILLI);
        assertThat(pace.next(10 * MILLI)).isNotNull();
        assertThat(pace.next(10 * MILLI)).isNotNull();
        assertThat(pace.next(10 * MILLI)).isNull();
        ledger.delivered(0, 0, 20 * MILLI);
        assertThat(pace.next(20 * MILLI)).isNotNull();
        ledger.delivered(1, 1, 20 * MILLI);
        ledger.delivered(2, 2, 22 * MILLI);

        // Due after 0, 1 and 2 ms.
        assertThat(ledger.latency().getMaxValue()).isBetween(20 * MILLI, 20 * MILLI + MILLI / 10);
        assertThat(ledger.latency().getMinValue()).isBetween(18 * MILLI, 20 * MILLI - MILLI / 10);
        // Those of 3 to 9 ms.
        assertThat(pace.missed(10 * MILLI)).isEqualTo(7);
    }
}
