package io.hawser.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Results as Markdown tables.
final class MarkdownReport {
    private static final double KIB = 1024.0;

    private MarkdownReport() {}

    /// One row's table: medians with the lowest and highest round in parentheses.
    static String of(RowResult result) {
        var row = result.row();
        var text = new StringBuilder();
        text.append("### ").append(row.title()).append("\n\n");
        var unit = row.unit();
        text.append("| server | ")
                .append(plural(unit))
                .append("/s | server CPU us/")
                .append(unit)
                .append(" | CPU to ");
        text.append(result.baseline())
                .append(" | rate to it | p50 us | p99 us | p99.9 us | client CPU us/")
                .append(unit);
        text.append(" | server, client, others' cores | allocated B/")
                .append(unit)
                .append(" | errors |\n");
        text.append("|---|---|---|---|---|---|---|---|---|---|---|---|\n");
        for (var name : result.samples().keySet()) {
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
            cell(text, faults(result.faults().getOrDefault(name, Map.of())));
            text.append(" |\n");
        }
        result.faults().forEach((name, faults) -> {
            if (!result.samples().containsKey(name)) {
                text.append("\n")
                        .append(name)
                        .append(" did not run: ")
                        .append(faults(faults))
                        .append('\n');
            }
        });
        return text.append('\n').toString();
    }

    /// The table of idle connections.
    static String of(List<IdleMemory.Result> results) {
        var text = new StringBuilder();
        text.append("### Idle connections: the slope from ").append(number(IdleMemory.FEW, 0));
        text.append(" to ").append(number(IdleMemory.MANY, 0)).append("\n\n");
        text.append("| server | live heap B/connection | resident B/connection | opened and answered/s | errors |\n");
        text.append("|---|---|---|---|---|\n");
        for (var result : results) {
            text.append("| ").append(result.peer());
            cell(
                    text,
                    result.heapBytesPerConnection().isPresent()
                            ? number(result.heapBytesPerConnection().getAsDouble(), 0)
                            : "");
            cell(text, number(result.residentBytesPerConnection(), 0));
            cell(text, number(result.connectsPerSecond(), 0));
            cell(text, faults(result.faults()));
            text.append(" |\n");
        }
        return text.append('\n').toString();
    }

    /// The table of one large file.
    static String ofFile(List<BigFile.Result> results) {
        var text = new StringBuilder("### A file of 1 GiB, read by one client\n\n");
        text.append("| server | seconds | server CPU seconds | resident MiB at the end |\n|---|---|---|---|\n");
        for (var result : results) {
            text.append("| ").append(result.peer());
            cell(text, Spread.of(result.seconds()).format(2));
            cell(text, Spread.of(result.cpuSeconds()).format(2));
            cell(text, number(result.residentBytes() / KIB / KIB, 0));
            text.append(" |\n");
        }
        return text.append('\n').toString();
    }

    private static void cell(StringBuilder text, String value) {
        text.append(" | ").append(value);
    }

    private static String faults(Map<String, Long> faults) {
        return faults.isEmpty() ? "none" : faults.toString();
    }

    static String plural(String unit) {
        return unit.endsWith("y") ? unit.substring(0, unit.length() - 1) + "ies" : unit + "s";
    }

    static String size(int bytes) {
        return bytes < KIB ? bytes + " B" : number(bytes / KIB, 0) + " KiB";
    }

    private static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
