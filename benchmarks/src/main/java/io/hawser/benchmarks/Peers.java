package io.hawser.benchmarks;

import io.hawser.hub.cli.DurationOption;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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

/// `./hawser peers`: the comparison, from command line to report; exit code 1 when any answer was wrong or
/// missing. Each row is told as soon as it is there, so what ends the process takes no more than one.
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

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "also write peers.md there, and rows/ROW.md, .svg and .json; rows of earlier runs stay")
    private Optional<Path> out;

    @Option(names = "--note", defaultValue = "", description = "a remark below every table")
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
    public Integer call() throws IOException, InterruptedException {
        var bench = new Workbench(
                Workbench.homeOfClasses(), List.of(jvmFlags.strip().split("\\s+")), loops, serverCores, clientCore);
        var catalog = new PeerCatalog(bench);
        if (list) {
            print(list(catalog));
            return 0;
        }
        check(catalog);
        boolean pinned = bench.pinThisProcess();
        if (!pinned) log("no taskset here: nothing is pinned to a core");
        try (var _ = Interruption.ofThisThread()) {
            return run(bench, catalog, pinned) ? 0 : 1;
        }
    }

    /// Whether every answer of every row was right.
    private boolean run(Workbench bench, PeerCatalog catalog, boolean pinned) throws IOException {
        var runner = new RowRunner(bench, catalog.files(), rounds, warmup, duration, this::log);
        var folder = out.map(path -> new ReportFolder(path, catalog.families()));
        boolean clean = true;
        for (var family : catalog.families()) {
            for (var row : family.rows()) {
                if (!wanted(family, row)) continue;
                if (Thread.currentThread().isInterrupted()) return false;
                var contestants = contestants(family);
                var taken = new Taken(Machine.here(), note, typed(), bench, pinned, rounds, duration, warmup, false);
                var outcome = runner.run(row, contestants);
                if (Thread.currentThread().isInterrupted()) taken = taken.cutShort();
                clean &= outcome.clean();
                var legend = legend(contestants);
                print(outcome.toMarkdown() + legend + taken.toMarkdown(outcome));
                if (folder.isPresent()) write(folder.get(), row, outcome, taken, legend);
            }
        }
        return clean;
    }

    /// Writing is nothing that an interrupt should stop.
    private static void write(ReportFolder folder, Row row, Outcome outcome, Taken taken, String legend)
            throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            folder.add(row, outcome, taken, legend);
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }

    private String typed() {
        return "./hawser peers "
                + String.join(" ", spec.commandLine().getParseResult().originalArgs());
    }

    private static String legend(List<Peer> contestants) {
        return contestants.stream()
                .map(peer -> peer.name() + ": " + peer.about())
                .collect(Collectors.joining("; ", "", ".\n\n"));
    }

    private static String list(PeerCatalog catalog) {
        var text = new StringBuilder();
        for (var peer : catalog.all()) {
            text.append("%-28s %s%s%n"
                    .formatted(peer.name(), peer.about(), peer.runs() ? "" : "; cannot run: " + peer.missing()));
        }
        for (var family : catalog.families()) {
            var rows = family.rows().stream().map(Row::name).collect(Collectors.joining(" "));
            text.append("rows of %s: %s%n".formatted(family.name(), rows));
        }
        return text.toString();
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
                            || family.rows().stream()
                                    .anyMatch(each -> each.name().equals(row)));
            if (!known) throw unknown("row", row);
        }
    }

    /// Those of a family that were asked for and can run here, the baseline first; the next one is it where the
    /// usual one cannot run.
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
            else if (baseline.isPresent() && name.equals(base))
                throw new ParameterException(
                        spec.commandLine(), name + ": " + peer.get().missing());
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

    private void print(String text) {
        spec.commandLine().getOut().print(text);
        spec.commandLine().getOut().flush();
    }

    private void log(String line) {
        spec.commandLine().getErr().println(line);
        spec.commandLine().getErr().flush();
    }
}
