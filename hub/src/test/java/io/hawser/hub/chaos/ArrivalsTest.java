package io.hawser.hub.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.hub.chaos.Arrivals.Look;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ArrivalsTest {
    private final List<Look> looks = new ArrayList<>(List.of(new Look(0, 0)));

    @Test
    void theMostIsThatOfAnySecondHoweverTheLooksFall() {
        looks.add(new Look(700, 100));
        looks.add(new Look(900, 1_100));
        looks.add(new Look(1_690, 1_500));
        looks.add(new Look(1_700, 2_000));
        looks.add(new Look(5_000, 2_500));
        assertThat(Arrivals.most(looks, 1000)).as("from 700 to 1,700 ms").isEqualTo(1_900);
        assertThat(Arrivals.most(looks, 100)).as("200 ms in which 1,000 came").isEqualTo(500);
    }

    @Test
    void thoseOfATimeThatWasShorterAreAllOfOneSecond() {
        looks.add(new Look(30, 400));
        assertThat(Arrivals.most(looks, 1000)).isEqualTo(400);
    }

    @Test
    void whereNobodyCameThereWereNone() {
        assertThat(Arrivals.most(looks, 1000)).isZero();
    }
}
