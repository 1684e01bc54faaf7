package io.hawser.benchmarks;

import static io.hawser.benchmarks.Cells.cell;
import static io.hawser.benchmarks.Cells.number;

import java.util.List;

/// What one large file took from each server.
record FileOutcome(List<BigFile.Result> results) implements Outcome {
    private static final double MIB = 1 << 20;

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
            cell(text, number(result.residentBytes() / MIB, 0));
            cell(text, Cells.faults(result.faults()));
            text.append(" |\n");
        }
        return text.append('\n').toString();
    }

    @Override
    public boolean clean() {
        return results.stream().allMatch(result -> result.faults().isEmpty());
    }
}
