package io.hawser.benchmarks;

import static io.hawser.benchmarks.Cells.cell;
import static io.hawser.benchmarks.Cells.number;

import io.hawser.benchmarks.LargePosts.Reading;
import io.hawser.benchmarks.LargePosts.Result;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What servers held after each thousand large documents.
record LargePostOutcome(LargePostRow row, int documentBytes, List<Result> results) implements Outcome {
    private static final double MB = 1_000_000;

    LargePostOutcome {
        results = List.copyOf(results);
    }

    @Override
    public String toMarkdown() {
        var text = new StringBuilder("### " + row.version() + ", JSON of " + number(documentBytes / MB, 0)
                + " MB posted as a stream and parsed as it comes, " + LargePosts.AT_A_TIME + " at a time\n\n");
        text.append("| server | documents so far | live heap MiB, after a full collection | resident MiB ");
        text.append("| MB/s | server CPU ms/document | errors |\n");
        text.append("|---|---|---|---|---|---|---|\n");
        for (var result : results) {
            for (var reading : result.readings()) line(text, result, reading);
            if (result.readings().isEmpty()) {
                text.append("| ").append(result.peer()).append(" | | | | |");
                cell(text, Cells.faults(result.faults()));
                text.append(" |\n");
            }
        }
        return text.append('\n').toString();
    }

    private void line(StringBuilder text, Result result, Reading reading) {
        text.append("| ").append(result.peer());
        cell(text, number(reading.posts(), 0));
        cell(text, Cells.mebibytes((double) reading.heapBytes(), 2));
        cell(text, Cells.mebibytes((double) reading.residentBytes(), 0));
        cell(text, number(LargePosts.POSTS_PER_ROUND * (documentBytes / MB) / reading.seconds(), 0));
        cell(text, number(reading.cpuSeconds() * 1e3 / LargePosts.POSTS_PER_ROUND, 1));
        cell(text, Cells.faults(result.faults()));
        text.append(" |\n");
    }

    @Override
    public String how(int rounds, Duration duration, Duration warmup) {
        return number(rounds + 1.0, 0) + " rounds of " + number(LargePosts.POSTS_PER_ROUND, 0)
                + " documents, the first of which warms up";
    }

    @Override
    public Stream<Map<String, Long>> errors() {
        return results.stream().map(Result::faults);
    }
}
