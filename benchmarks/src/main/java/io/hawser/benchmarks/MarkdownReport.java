package io.hawser.benchmarks;

import static io.hawser.benchmarks.Cells.cell;
import static io.hawser.benchmarks.Cells.number;

import java.util.List;
import java.util.Map;

/// The table of a row whose servers took turns: medians with the lowest and highest round in parentheses.
final class MarkdownReport {
    private MarkdownReport() {}

    static String of(RowResult result) {
        var text = new StringBuilder("### ").append(result.title()).append("\n\n");
        head(text, result);
        for (var name : result.samples().keySet()) server(text, result, name);
        result.faults().forEach((name, faults) -> {
            if (result.samples().containsKey(name)) return;
            text.append('\n').append(name).append(" did not run: ");
            text.append(Cells.faults(faults)).append('\n');
        });
        return text.append('\n').toString();
    }

    private static void head(StringBuilder text, RowResult result) {
        var unit = result.unit();
        var columns = List.of(
                "server",
                Cells.plural(unit) + "/s",
                "server CPU us/" + unit,
                "CPU to " + result.baseline(),
                "rate to it",
                "p50 us",
                "p99 us",
                "p99.9 us",
                "client CPU us/" + unit,
                "server, client, others' cores",
                "allocated B/" + unit,
                "errors");
        text.append("| ").append(String.join(" | ", columns)).append(" |\n");
        text.append("|---".repeat(columns.size())).append("|\n");
    }

    private static void server(StringBuilder text, RowResult result, String name) {
        text.append("| ").append(name);
        cell(text, result.spread(name, Sample::messagesPerSecond).format(0));
        cell(text, result.spread(name, Sample::serverCpuMicros).format(3));
        cell(text, result.ratio(name, Sample::serverCpuMicros).format(2));
        cell(text, result.ratio(name, Sample::messagesPerSecond).format(2));
        cell(text, number(result.spread(name, Sample::p50Micros).median(), 0));
        cell(text, number(result.spread(name, Sample::p99Micros).median(), 0));
        cell(text, number(result.spread(name, Sample::p999Micros).median(), 0));
        cell(text, number(result.spread(name, Sample::clientCpuMicros).median(), 3));
        cell(
                text,
                number(result.spread(name, Sample::serverCores).median(), 2) + ", "
                        + number(result.spread(name, Sample::clientCores).median(), 2) + ", "
                        + number(result.spread(name, Sample::otherCores).median(), 2));
        var allocated = result.allocatedBytesPerMessage().get(name);
        cell(text, allocated == null ? "" : number(allocated, 1));
        cell(text, Cells.faults(result.faults().getOrDefault(name, Map.of())));
        text.append(" |\n");
    }
}
