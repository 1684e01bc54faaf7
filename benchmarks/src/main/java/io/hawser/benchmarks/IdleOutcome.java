package io.hawser.benchmarks;

import static io.hawser.benchmarks.Cells.cell;
import static io.hawser.benchmarks.Cells.number;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What idle connections cost each server.
record IdleOutcome(String row, List<IdleMemory.Result> results) implements Outcome {
    IdleOutcome {
        results = List.copyOf(results);
    }

    @Override
    public String toMarkdown() {
        var text = new StringBuilder();
        text.append("### Idle connections (").append(row).append("): the slope from ");
        text.append(number(IdleMemory.FEW, 0)).append(" to ");
        text.append(number(IdleMemory.MANY, 0)).append("\n\n");
        text.append("| server | live heap B/connection | resident B/connection | opened and answered/s | errors |\n");
        text.append("|---|---|---|---|---|\n");
        for (var result : results) {
            text.append("| ").append(result.peer());
            cell(text, number(result.heapBytesPerConnection().orElse(Double.NaN), 0));
            cell(text, number(result.residentBytesPerConnection(), 0));
            cell(text, number(result.connectsPerSecond(), 0));
            cell(text, Cells.faults(result.faults()));
            text.append(" |\n");
        }
        return text.append('\n').toString();
    }

    @Override
    public String how(int rounds, Duration duration, Duration warmup) {
        return "each once, a JVM with `" + IdleMemory.HEAP + "` whatever heap its flags say";
    }

    @Override
    public Stream<Map<String, Long>> errors() {
        return results.stream().map(IdleMemory.Result::faults);
    }
}
