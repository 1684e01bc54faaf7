package io.hawser.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class TallyTest {
    private final Tally tally = new Tally();

    @Test
    void whatWorkersHaveIsAddedUpAndWhatTheyCountedOutlivesThem() {
        tally.report(1, Map.of("connections", 3L, "shed_full_total", 5L));
        tally.report(2, Map.of("connections", 4L, "shed_full_total", 1L));
        tally.report(1, Map.of("connections", 2L, "shed_full_total", 6L));
        assertThat(tally.sums()).isEqualTo(Map.of("connections", 6L, "shed_full_total", 7L));
        tally.ended(1);
        tally.ended(1);
        assertThat(tally.sums()).isEqualTo(Map.of("connections", 4L, "shed_full_total", 7L));
        tally.report(3, Map.of("connections", 1L));
        assertThat(tally.sums()).isEqualTo(Map.of("connections", 5L, "shed_full_total", 7L));
    }
}
