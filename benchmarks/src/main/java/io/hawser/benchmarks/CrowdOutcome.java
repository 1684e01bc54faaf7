package io.hawser.benchmarks;

import static io.hawser.benchmarks.Cells.cell;
import static io.hawser.benchmarks.Cells.number;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What many callers at once were to each client.
record CrowdOutcome(int threads, List<Crowd.Result> results) implements Outcome {
    CrowdOutcome {
        results = List.copyOf(results);
    }

    @Override
    public String toMarkdown() {
        var text = new StringBuilder("### HTTP client: ");
        text.append(number(threads, 0)).append(" virtual threads at once, at most 64 connections\n\n");
        text.append("| client | requests/s | answered with 200 | live heap MiB, look by look");
        text.append(" | resident MiB, look by look | failed |\n|---|---|---|---|---|---|\n");
        for (var result : results) {
            text.append("| ").append(result.peer());
            cell(text, number(result.perSecond(), 0));
            cell(text, number((double) result.answered(), 0));
            cell(text, mebibytes(result.heapBytes()));
            cell(text, mebibytes(result.residentBytes()));
            cell(text, Cells.faults(result.faults()));
            text.append(" |\n");
        }
        return text.append('\n').toString();
    }

    private static String mebibytes(List<Double> bytes) {
        return bytes.stream().map(each -> Cells.mebibytes(each, 1)).collect(Collectors.joining(", "));
    }

    @Override
    public String how(int rounds, Duration duration, Duration warmup) {
        return Crowd.LOOKS + " looks, " + duration.toMillis() + " ms apart, after " + warmup.toMillis()
                + " ms of the load";
    }

    @Override
    public Stream<Map<String, Long>> errors() {
        return results.stream().map(Crowd.Result::faults);
    }
}
