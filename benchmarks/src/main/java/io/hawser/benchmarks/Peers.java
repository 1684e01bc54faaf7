package io.hawser.benchmarks;

import io.hawser.hub.cli.DurationOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// `./hawser peers`: the comparison, from command line to report; exit code 1 when any answer was wrong or missing.
@Command(
        name = "peers",
        description = "Runs servers side by side under the same load and prints what each costs.",
        mixinStandardHelpOptions = true)
public final class Peers implements Callable<Integer> {
    /// The family that runs when nobody names rows.
    private static final String FIRST = "msgi";

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "servers to run; --list shows them")
    private List<String> names = List.of();

    @Option(names = "--list", description = "list the servers and rows, and why one cannot run here")
    private boolean list;

    @Option(names = "--baseline", paramLabel = "NAME", description = "what ratios are to (the first of a family)")
    private Optional<String> baseline;

    @Option(
            names = "--rows",
            paramLabel = "ROW",
            split = ",",
            description = "only these rows, or all of a family, e.g. 1KiB-w16,idle or websocket (msgi)")
    private List<String> rows = List.of();

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "5", description = "rounds (5)")
    private int rounds;

    @Option(names = "--duration", converter = DurationOption.class, defaultValue = "3s", description = "a round (3s)")
    private Duration duration;

    @Option(
            names = "--warmup",
            converter = DurationOption.class,
            defaultValue = "5s",
            description = "processor time of each server under load before the first round of a row (5s)")
    private Duration warmup;

    @Option(names = "--out", paramLabel = "DIR", description = "also write peers.md, peers.svg and peers.json there")
    private Optional<Path> out;

    @Option(names = "--note", defaultValue = "", description = "a remark for the head of the report")
    private String note;

    @Option(names = "--jvm", defaultValue = Workbench.DEFAULT_JVM_FLAGS, description = "flags of all JVM servers")
    private String jvmFlags;

    @Option(names = "--loops", paramLabel = "N", defaultValue = "1", description = "event loops of each server (1)")
    private int loops;

    @Option(names = "--server-cores", paramLabel = "LIST", defaultValue = "0", description = "cores of the servers (0)")
    private String serverCores;

    @Option(names = "--client-core", defaultValue = "1", description = "core of the load generator (1)")
    private int clientCore;

    @Spec
    private CommandSpec spec;

    public static void main(String... arguments) {
        System.exit(new CommandLine(new Peers()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        var bench = new Workbench(
                Workbench.homeOfClasses(), List.of(jvmFlags.strip().split("\\s+")), loops, serverCores, clientCore);
        var catalog = new PeerCatalog(bench);
        if (list) {
            list(catalog);
            return 0;
        }
        var machine = Machine.here();
        check(catalog);
        boolean pinned = bench.pinThisProcess();
        if (!pinned) log("no taskset here: nothing is pinned to a core");
        var echo = new ArrayList<RowResult>();
        var idle = new ArrayList<IdleMemory.Result>();
        var large = new ArrayList<BigFile.Result>();
        var comparison = new Comparison(bench, rounds, warmup, duration, this::log);
        for (var family : catalog.families()) {
            var contestants = contestants(family);
            for (var row : family.rows()) {
                if (!wanted(family, row)) continue;
                switch (row) {
                    case LoadRow load ->
                        echo.add(comparison.run(
                                load, contestants.getFirst(), contestants.subList(1, contestants.size())));
                    case FileRow _ -> large.addAll(new BigFile(bench, catalog.files(), rounds, this::log).run(contestants));
                    case IdleRow memory -> idle.addAll(idle(new IdleMemory(bench, memory.kind()), contestants));
                }
            }
        }
        report(head(machine, pinned), machine, echo, idle, large);
        boolean clean = idle.stream().allMatch(result -> result.faults().isEmpty())
                && echo.stream().allMatch(result -> result.faults().isEmpty());
        return clean ? 0 : 1;
    }

    private List<IdleMemory.Result> idle(IdleMemory memory, List<Peer> peers) throws InterruptedException {
        var results = new ArrayList<IdleMemory.Result>();
        for (var peer : peers) {
            log("idle connections: " + peer.name());
            results.add(memory.measure(peer));
        }
        return results;
    }

    private String head(Machine machine, boolean pinned) {
        var head = new StringBuilder();
        if (!note.isEmpty()) head.append("**").append(note).append("**\n\n");
        head.append(machine.toMarkdown()).append("\n\n");
        head.append("Command: `./hawser peers ")
                .append(String.join(" ", spec.commandLine().getParseResult().originalArgs()));
        head.append("`. JVM flags of every JVM server: `").append(jvmFlags).append("`.\n");
        head.append(
                pinned
                        ? "Servers, of " + loops + " event loops, on core " + serverCores + ", load generator on core " + clientCore + ".\n"
                        : "Nothing was pinned to a core.\n");
        head.append("Medians of ")
                .append(rounds)
                .append(" rounds of ")
                .append(duration.toMillis())
                .append(" ms");
        head.append(" in turn, lowest and highest in parentheses; ratios are taken within a round. \"");
        head.append(Comparison.AGAIN.strip()).append("\" is a second process of the baseline: its ratios are the noise.\n");
        head.append(
                "Server CPU is utime and stime of the process, its io_uring workers included. Where the client uses");
        head.append(
                " a whole core it is the bottleneck: then compare CPU, not rates. Cores of others are what everybody");
        head.append(" else on the machine used meanwhile: much above 0, nothing here means much.\n\n");
        return head.toString();
    }

    private void report(
            String head,
            Machine machine,
            List<RowResult> echo,
            List<IdleMemory.Result> idle,
            List<BigFile.Result> large)
            throws IOException {
        var text = new StringBuilder(head);
        echo.forEach(result -> text.append(MarkdownReport.of(result)));
        if (!idle.isEmpty()) text.append(MarkdownReport.of(idle));
        if (!large.isEmpty()) text.append(MarkdownReport.ofFile(large));
        spec.commandLine().getOut().print(text);
        spec.commandLine().getOut().flush();
        if (out.isEmpty()) return;
        Files.createDirectories(out.get());
        if (!echo.isEmpty()) {
            Files.writeString(out.get().resolve("peers.svg"), RatioPlot.of(echo));
            text.append("![server CPU to the baseline](peers.svg)\n");
        }
        Files.writeString(out.get().resolve("peers.md"), text);
        var json = new LinkedHashMap<String, Object>();
        json.put("note", note);
        json.put("machine", machine);
        json.put("jvmFlags", jvmFlags);
        json.put("echo", echo);
        json.put("idle", idle);
        json.put("file", large);
        var mapper =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        Files.writeString(out.get().resolve("peers.json"), mapper.writeValueAsString(json) + "\n");
    }

    private void list(PeerCatalog catalog) {
        var text = new StringBuilder();
        for (var peer : catalog.all()) {
            text.append("%-28s %s%s%n"
                    .formatted(peer.name(), peer.about(), peer.runs() ? "" : "; cannot run: " + peer.missing()));
        }
        for (var family : catalog.families()) {
            var rows = family.rows().stream().map(Row::name).collect(Collectors.joining(" "));
            text.append("rows of %s: %s%n".formatted(family.name(), rows));
        }
        spec.commandLine().getOut().print(text);
        spec.commandLine().getOut().flush();
    }

    /// Whether everything that was named is there.
    private void check(PeerCatalog catalog) {
        for (var name : names) {
            if (catalog.find(name).isEmpty()) throw unknown("server", name);
        }
        baseline.filter(name -> catalog.find(name).isEmpty()).ifPresent(name -> {
            throw unknown("server", name);
        });
        for (var row : rows) {
            boolean known = catalog.families().stream()
                    .anyMatch(family -> family.name().equals(row)
                            || family.rows().stream().anyMatch(each -> each.name().equals(row)));
            if (!known) throw unknown("row", row);
        }
    }

    /// Those of a family that were asked for and can run here, the baseline first.
    private List<Peer> contestants(Family family) {
        var base = baseline.filter(name -> family.find(name).isPresent())
                .orElse(family.contestants().getFirst());
        var chosen = new LinkedHashSet<>(List.of(base));
        chosen.addAll(names.isEmpty() ? family.contestants() : names);
        var contestants = new ArrayList<Peer>();
        for (var name : chosen) {
            var peer = family.find(name);
            if (peer.isEmpty()) continue;
            if (peer.get().runs()) contestants.add(peer.get());
            else if (name.equals(base)) throw new ParameterException(spec.commandLine(), name + ": " + peer.get().missing());
            else log("skipped " + name + ": " + peer.get().missing());
        }
        return contestants;
    }

    private boolean wanted(Family family, Row row) {
        return rows.isEmpty() ? family.name().equals(FIRST) : rows.contains(row.name()) || rows.contains(family.name());
    }

    private ParameterException unknown(String what, String name) {
        return new ParameterException(spec.commandLine(), "no " + what + " is called " + name + "; see --list");
    }

    private void log(String line) {
        spec.commandLine().getErr().println(line);
        spec.commandLine().getErr().flush();
    }
}
