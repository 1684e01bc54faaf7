package io.hawser.conformance.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

final class TrendTest {
    private static List<Sample> samples(IntToDoubleFunction heap) {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            Vitals vitals = new Vitals(Map.of(Measure.HEAP, heap.applyAsDouble(i)));
            samples.add(new Sample(i * 30, vitals, vitals));
        }
        return samples;
    }

    private static Trend heap(IntToDoubleFunction heap) {
        return Trend.of(samples(heap), each -> each.hub().of(Measure.HEAP));
    }

    @Test
    void whatStaysIsFlatThoughItFluctuatesAndJumpsOnce() {
        Trend trend = heap(i -> i == 100 ? 300 : 50 + i % 7);
        assertThat(trend.growth()).isCloseTo(0, within(0.5));
        assertThat(trend.isFlat(Measure.HEAP)).isTrue();
    }

    @Test
    void whatGrowsAllTheTimeIsNotFlatThoughItFluctuates() {
        Trend trend = heap(i -> 50 + i % 7 + i * 0.2);
        assertThat(trend.growth()).isCloseTo(11.8, within(1.0));
        assertThat(trend.isFlat(Measure.HEAP)).isFalse();
    }

    @Test
    void whatGrewOnlyInTheFirstHalfIsFlat() {
        assertThat(heap(i -> Math.min(i, 40)).isFlat(Measure.HEAP)).isTrue();
    }

    @Test
    void whatTheSystemDoesNotTellIsNoGrowth() {
        Trend trend = Trend.of(samples(i -> i), each -> each.hub().of(Measure.THREADS));
        assertThat(trend.isFlat(Measure.THREADS)).isTrue();
    }
}
