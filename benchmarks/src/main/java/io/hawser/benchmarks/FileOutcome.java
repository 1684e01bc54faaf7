package io.hawser.benchmarks;

import static io.hawser.benchmarks.Cells.cell;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What one large file took from each server.
record FileOutcome(List<BigFile.Result> results) implements Outcome {
    FileOutcome {
        results = List.copyOf(results);
    }

    @Override
    public String toMarkdown() {
        var text = new StringBuilder("### A file of 1 GiB, read by one client\n\n");
        text.append("| server | seconds | server CPU seconds | resident MiB at the end | errors |\n");
        text.append("|---|---|---|---|---|\n");
        for (var result : results) {
            text.append("| ").append(result.peer());
            cell(text, Spread.of(result.seconds()).format(2));
            cell(text, Spread.of(result.cpuSeconds()).format(2));
            cell(text, Cells.mebibytes((double) result.residentBytes(), 0));
            cell(text, Cells.faults(result.faults()));
            text.append(" |\n");
        }
        return text.append('\n').toString();
    }

    @Override
    public String how(int rounds, Duration duration, Duration warmup) {
        return rounds + " rounds after one that does not count";
    }

    @Override
    public Stream<Map<String, Long>> errors() {
        return results.stream().map(BigFile.Result::faults);
    }
}
