package io.hawser.hub.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// A verb that the launcher of the source tree runs itself. Here it is for the usage text and for the
/// completion of shells; whoever comes here with it has no launcher, and is told so.
public record LauncherVerb(String name, String description, List<String> options) {
    private static final List<LauncherVerb> ALL = List.of(
            new LauncherVerb("test", "Run the whole build with every gate and test.", List.of("--full")),
            new LauncherVerb("conformance", "Run the conformance suites of every protocol.", List.of()),
            new LauncherVerb(
                    "soak",
                    "Run hub and clients on a bad network for hours.",
                    List.of("--hours", "--minutes", "--rate", "--seed", "--out")),
            new LauncherVerb(
                    "fuzz",
                    "Fuzz the parsers for a while.",
                    List.of("--list", "--once", "--for", "--each", "--runs", "--totals")),
            new LauncherVerb("example", "List the example programs, or run one.", List.of()),
            new LauncherVerb(
                    "peers",
                    "Run servers side by side and print what each costs.",
                    List.of(
                            "--list",
                            "--baseline",
                            "--rows",
                            "--rounds",
                            "--duration",
                            "--warmup",
                            "--out",
                            "--note",
                            "--jvm",
                            "--loops",
                            "--server-cores",
                            "--client-core")));

    /// Adds all of them.
    public static void addTo(CommandLine root) {
        for (LauncherVerb verb : ALL) root.addSubcommand(verb.name, verb.line());
    }

    private CommandLine line() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection((Callable<Integer>) this::refuse);
        spec.usageMessage().description(description + " (Of the source tree.)");
        for (String option : options) spec.addOption(OptionSpec.builder(option).build());
        return new CommandLine(spec).setUnmatchedArgumentsAllowed(true);
    }

    private int refuse() {
        System.err.println("hawser: " + name + " needs the source tree, and its launcher: ./hawser " + name);
        return ExitCode.USAGE;
    }
}
