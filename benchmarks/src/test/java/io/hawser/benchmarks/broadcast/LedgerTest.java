package io.hawser.benchmarks.broadcast;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

final class LedgerTest {
    private final Ledger ledger = new Ledger(new BroadcastLoad(2, 2, 128));

    @Test
    void aTextHasItsSizeAndItsNumberWhateverStandsAroundIt() {
        for (int i = 0; i < 20; i++) {
            var text = ledger.publish(i);
            assertThat(text).hasSize(128);
            byte[] around = ("{\"d\":\"" + text + "\"}").getBytes(ISO_8859_1);
            assertThat(Ledger.number(ByteBuffer.wrap(around), 0, around.length)).isEqualTo(i);
        }
        byte[] none = "{\"ok\":{\"n\":1000}} and nothing else".getBytes(ISO_8859_1);
        assertThat(Ledger.number(ByteBuffer.wrap(none), 0, none.length)).isEqualTo(-1);
    }

    @Test
    void aMessageIsDoneWhenAllHaveIt() throws Exception {
        ledger.measure(0, 100);
        ledger.publish(10);
        assertThat(ledger.hasRoom()).isTrue();
        ledger.publish(20);
        assertThat(ledger.hasRoom()).isFalse();

        ledger.delivered(0, 0, 30);
        ledger.delivered(1, 1, 30);
        assertThat(ledger.underWay()).isEqualTo(2);
        assertThat(ledger.outstanding()).isEqualTo(2);

        ledger.delivered(0, 0, 50);
        assertThat(ledger.underWay()).isEqualTo(1);
        assertThat(ledger.latency().getMaxValue()).isEqualTo(40);
        assertThat(ledger.delivered()).isEqualTo(3);
    }

    @Test
    void withoutARateALatencyCountsWhereItComes() throws Exception {
        ledger.publish(10);
        ledger.measure(20, 100);
        ledger.delivered(0, 0, 30);
        ledger.delivered(0, 0, 100);

        assertThat(ledger.delivered()).isEqualTo(1);
        assertThat(ledger.latency().getTotalCount()).isEqualTo(1);
    }

    @Test
    void atARateALatencyCountsWhereItWasDueAndWhatComesAfterTheEndIsNotLost() throws Exception {
        var paced = new Ledger(new BroadcastLoad(2, 2, 128).at(1000));
        paced.publish(10);
        paced.measure(20, 100);
        paced.publish(90);
        paced.publish(100);
        for (int number = 0; number < 3; number++) {
            paced.delivered(number, number, 99);
            paced.delivered(number, number, 500);
        }

        assertThat(paced.delivered()).isEqualTo(3);
        assertThat(paced.latency().getTotalCount()).isEqualTo(2);
        assertThat(paced.latency().getMinValue()).isEqualTo(9);
        assertThat(paced.latency().getMaxValue()).isEqualTo(410);
    }

    @Test
    void whatIsPassedOverIsCountedAndNotWaitedFor() throws Exception {
        ledger.publish(1);
        ledger.publish(2);
        ledger.delivered(0, 1, 3);
        ledger.delivered(0, 0, 3);
        ledger.delivered(1, 1, 3);

        assertThat(ledger.passedOver()).isEqualTo(1);
        assertThat(ledger.underWay()).isZero();
    }

    @Test
    void whatIsGivenUpIsNotOutstandingAndNeitherPassedOverNorCountedWhenItComesLate() throws Exception {
        ledger.measure(0, 100);
        ledger.publish(1);
        ledger.publish(2);
        assertThat(ledger.outstanding()).isEqualTo(4);
        ledger.forget();
        assertThat(ledger.underWay()).isZero();
        assertThat(ledger.outstanding()).isZero();

        // As many as there are places, so that the last two are where those two were.
        for (int i = 0; i < BroadcastLoad.MAX_WINDOW; i++) ledger.publish(20);
        ledger.delivered(0, 0, 30);
        ledger.delivered(0, 2, 30);

        assertThat(ledger.delivered()).isEqualTo(1);
        assertThat(ledger.passedOver()).isZero();
        assertThat(ledger.outstanding()).isEqualTo(2 * BroadcastLoad.MAX_WINDOW - 1);
    }

    @Test
    void whatComesTwiceOrWasNotSentIsNoticed() throws Exception {
        ledger.publish(1);
        ledger.delivered(0, 0, 2);

        assertThatThrownBy(() -> ledger.delivered(1, 0, 3)).isInstanceOf(BroadcastFailed.class);
        assertThatThrownBy(() -> ledger.delivered(1, 1, 3)).isInstanceOf(BroadcastFailed.class);
    }
}
