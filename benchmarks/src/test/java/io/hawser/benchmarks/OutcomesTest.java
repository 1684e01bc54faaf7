package io.hawser.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.benchmarks.broadcast.BroadcastLoad;
import io.hawser.http.HttpVersion;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class OutcomesTest {
    private static final double MIB = 1 << 20;

    @Test
    void whatAStalledReaderCostsTheOthersIsToTheMeanOfBeforeAndAfter() {
        var load = new BroadcastRow("broadcast-10", "Broadcast", new BroadcastLoad(10, 1, 128));
        var rounds = List.of(new Stall.Round(90, 110, 110, true), new Stall.Round(100, 150, 100, true));
        var outcome = new StallOutcome(load, List.of(new Stall.Result("one", 5000, rounds, Map.of("passed over", 2L))));

        assertThat(outcome.toMarkdown())
                .contains("128 B to 10 who read and one who does not, at about half of the highest rate")
                .contains("| one | 5,000 | 95 (90-100) | 130 (110-150) | 105 (100-110) | 1.30 (1.10-1.50) "
                        + "| 1.11 (1.00-1.22) | yes | {passed over=2} |");
        assertThat(outcome.clean()).isFalse();
    }

    @Test
    void ofAServerWithoutARoundNobodyKnowsWhetherItGoesOnReading() {
        var load = new BroadcastRow("broadcast-10", "Broadcast", new BroadcastLoad(10, 1, 128));
        var outcome = new StallOutcome(load, List.of(new Stall.Result("one", 0, List.of(), Map.of("gone", 1L))));

        assertThat(outcome.toMarkdown()).contains("| one | 0 |  |  |  |  |  |  | {gone=1} |");
    }

    @Test
    void memoryUnderACrowdIsToldLookByLookAndWhatFailedIsNotClean() {
        var flat = new Crowd.Result("flat", 1000, 6000, List.of(10 * MIB, 10.5 * MIB), List.of(90 * MIB), Map.of());
        var failed = new Crowd.Result("bad", 1, 6, List.of(), List.of(), Map.of("calls that failed", 3L));

        assertThat(new CrowdOutcome(10_000, List.of(flat)).clean()).isTrue();
        var outcome = new CrowdOutcome(10_000, List.of(flat, failed));
        assertThat(outcome.toMarkdown())
                .contains("10,000 virtual threads at once")
                .contains("| flat | 1,000 | 6,000 | 10.0, 10.5 | 90.0 | none |")
                .contains("{calls that failed=3}");
        assertThat(outcome.clean()).isFalse();
    }

    @Test
    void whatHasNoRoundsOfATimeDoesNotSayThatItHas() {
        var duration = Duration.ofSeconds(3);
        var warmup = Duration.ofSeconds(5);
        var posts = new LargePostRow("posts-5MB", HttpVersion.HTTP_1_1);
        var load = new BroadcastRow("broadcast-10", "Broadcast", new BroadcastLoad(10, 1, 128));

        assertThat(new StartOutcome(List.of()).how(2, duration, warmup))
                .isEqualTo("2 rounds after one that does not count");
        assertThat(new FileOutcome(List.of()).how(2, duration, warmup))
                .isEqualTo("2 rounds after one that does not count");
        assertThat(new LargePostOutcome(posts, 5_000_000, List.of()).how(10, duration, warmup))
                .isEqualTo("11 rounds of 1,000 documents, the first of which warms up");
        assertThat(new CrowdOutcome(10_000, List.of()).how(2, duration, warmup))
                .isEqualTo("6 looks, 3000 ms apart, after 5000 ms of the load");
        assertThat(new StallOutcome(load, List.of()).how(2, duration, warmup))
                .isEqualTo("2 rounds of three times 3000 ms after 5000 ms of processor time");
    }
}
