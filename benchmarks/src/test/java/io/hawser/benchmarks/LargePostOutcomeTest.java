package io.hawser.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.benchmarks.LargePosts.Reading;
import io.hawser.benchmarks.LargePosts.Result;
import io.hawser.http.HttpVersion;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LargePostOutcomeTest {
    private static final LargePostRow ROW = new LargePostRow("posts-5MB", HttpVersion.HTTP_1_1);

    @Test
    void everyThousandDocumentsAreALine() {
        var outcome = new LargePostOutcome(
                ROW,
                5_000_000,
                List.of(new Result(
                        "ours",
                        List.of(
                                new Reading(1_000, 3 << 20, 80 << 20, 50, 20),
                                new Reading(2_000, 3 << 20, 80 << 20, 40, 16)),
                        Map.of())));

        assertThat(outcome.clean()).isTrue();
        assertThat(outcome.toMarkdown())
                .contains("JSON of 5 MB")
                .contains("| ours | 1,000 | 3.00 | 80 | 100 | 20.0 | none |")
                .contains("| ours | 2,000 | 3.00 | 80 | 125 | 16.0 | none |");
    }

    @Test
    void aServerThatFailsIsALineToo() {
        var outcome = new LargePostOutcome(ROW, 5_000_000, List.of(new Result("ours", List.of(), Map.of("gone", 1L))));

        assertThat(outcome.clean()).isFalse();
        assertThat(outcome.toMarkdown()).contains("| ours | | | | | | {gone=1} |");
    }
}
