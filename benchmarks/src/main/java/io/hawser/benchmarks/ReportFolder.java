package io.hawser.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// A folder of results that grows row by row: `rows/ROW.md`, `.json` and `.svg` of each row that was ever
/// taken, the last time, and `peers.md`, which is all of them behind one another.
///
/// A row that could not be run, or was cut short, leaves what is known of it alone.
final class ReportFolder {
    private static final String HEAD = """
            # Servers side by side

            Medians, lowest and highest in parentheses; ratios are taken within a round. "(again)" is a second process of the baseline: its
            ratios are the noise. Server CPU is utime and stime of the process and of those it started, io_uring workers included. Where the
            client uses a whole core it is the bottleneck: then compare CPU, not rates. Cores of others are what everybody else on the machine
            used meanwhile: much above 0, nothing in that table means much. Each table says how and when it was taken.

            """;

    private final Path folder;
    private final List<Family> families;
    private final JsonMapper json =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    ReportFolder(Path folder, List<Family> families) {
        this.folder = folder;
        this.families = List.copyOf(families);
    }

    private Path rows() {
        return folder.resolve("rows");
    }

    /// @param taken how, for the reader and as data
    void add(Row row, Outcome outcome, Taken taken, String legend) throws IOException {
        if (outcome instanceof NotRun) return;
        Files.createDirectories(rows());
        var name = row.name()
                + (taken.bench().loops() == 1 ? "" : "-loops" + taken.bench().loops());
        if (taken.isCutShort() && Files.exists(rows().resolve(name + ".md"))) return;
        Files.writeString(rows().resolve(name + ".md"), outcome.toMarkdown() + legend + taken.toMarkdown(outcome));
        if (outcome instanceof RowResult result) {
            Files.writeString(rows().resolve(name + ".svg"), RatioPlot.of(List.of(result)));
        }
        var data = new LinkedHashMap<String, Object>();
        data.put("row", row.name());
        data.put("note", taken.note());
        data.put("machine", taken.machine());
        data.put("command", taken.command());
        data.put("jvmFlags", String.join(" ", taken.bench().jvmFlags()));
        data.put("loops", taken.bench().loops());
        data.put("outcome", outcome);
        Files.writeString(rows().resolve(name + ".json"), json.writeValueAsString(data) + "\n");
        assemble();
    }

    private void assemble() throws IOException {
        var text = new StringBuilder(HEAD);
        for (var family : families) {
            var tables = new StringBuilder();
            for (var row : family.rows()) {
                for (var name : taken(row)) {
                    tables.append(Files.readString(rows().resolve(name + ".md")));
                    if (Files.exists(rows().resolve(name + ".svg"))) {
                        tables.append("![server CPU to the baseline](rows/%s.svg)\n\n".formatted(name));
                    }
                }
            }
            if (!tables.isEmpty())
                text.append("## ").append(family.name()).append("\n\n").append(tables);
        }
        Files.writeString(folder.resolve("peers.md"), text.toString().stripTrailing() + "\n");
    }

    /// The names under which there are results of a row: with one event loop, with more.
    private List<String> taken(Row row) throws IOException {
        try (Stream<Path> files = Files.list(rows())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.equals(row.name() + ".md") || name.startsWith(row.name() + "-loops"))
                    .filter(name -> name.endsWith(".md"))
                    .map(name -> name.substring(0, name.length() - ".md".length()))
                    .sorted()
                    .toList();
        }
    }
}
