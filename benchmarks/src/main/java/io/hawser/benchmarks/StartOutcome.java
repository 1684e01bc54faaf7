package io.hawser.benchmarks;

import static io.hawser.benchmarks.Cells.cell;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// How soon each server answered.
record StartOutcome(List<StartTime.Result> results) implements Outcome {
    StartOutcome {
        results = List.copyOf(results);
    }

    @Override
    public String toMarkdown() {
        var text = new StringBuilder("### Start, on one core: from the start of the process\n\n");
        text.append("| server | ready ms | first answer ms | CPU ms up to then | resident MiB, idle | errors |\n");
        text.append("|---|---|---|---|---|---|\n");
        for (var result : results) {
            text.append("| ").append(result.server());
            cell(text, Spread.of(result.readyMillis()).format(0));
            cell(text, Spread.of(result.answeredMillis()).format(0));
            cell(text, Spread.of(result.cpuMillis()).format(0));
            cell(text, Spread.of(result.residentBytes()).format(bytes -> Cells.mebibytes(bytes, 0)));
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
        return results.stream().map(StartTime.Result::faults);
    }
}
