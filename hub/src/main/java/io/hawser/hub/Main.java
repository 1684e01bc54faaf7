package io.hawser.hub;

import io.hawser.HawserException;
import io.hawser.StartupFailed;
import io.hawser.hub.cli.BenchCommand;
import io.hawser.hub.cli.ChaosCommand;
import io.hawser.hub.cli.CompletionCommand;
import io.hawser.hub.cli.ConfigCommand;
import io.hawser.hub.cli.HttpCommand;
import io.hawser.hub.cli.LauncherVerb;
import io.hawser.hub.cli.MsgCommand;
import io.hawser.hub.cli.ServeCommand;
import io.hawser.hub.cli.VersionCommand;
import io.hawser.hub.cli.WsCommand;
import io.hawser.hub.log.NamedLogProvider;
import io.hawser.hub.log.StderrLog;
import io.hawser.hub.msg.TerminalLines;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The command line. Exit codes: 0 done, 1 failed, 2 wrong usage.
@Command(
        name = "hawser",
        synopsisSubcommandLabel = "VERB",
        description = "HTTP, WebSocket and framed TCP messaging on one port.",
        commandListHeading = "%nVerbs:%n",
        footer = {"", "hawser VERB --help tells more."})
public final class Main implements Runnable {
    /// Every verb, in the order of the usage text. A new verb is one line here; `--help` it gets by itself.
    private static final List<Verb> VERBS = List.of(
            new Verb("serve", ServeCommand.class),
            new Verb("http", HttpCommand.class),
            new Verb("ws", WsCommand.class),
            new Verb("msg", MsgCommand.class),
            new Verb("bench", BenchCommand.class),
            new Verb("config", ConfigCommand.class),
            new Verb("completion", CompletionCommand.class),
            new Verb("chaos", ChaosCommand.class),
            new Verb("version", VersionCommand.class));

    /// A class literal loads the class but nothing that it refers to, so a verb costs the others no start-up
    /// time.
    private record Verb(String name, Class<?> command) {}

    @Spec
    private CommandSpec spec;

    private Main() {}

    public static void main(String[] args) {
        // What is called by reflection (options, settings) is called once: to generate code for it costs a start 100
        // ms.
        System.setProperty("jdk.reflect.useNativeAccessorOnly", "true");
        // Netty's events of its buffers would get the flight recorder ready on an event loop, with the first
        // connection.
        if (System.getProperty("io.netty.jfr.enabled") == null) System.setProperty("io.netty.jfr.enabled", "false");
        System.exit(run(args));
    }

    /// Runs one verb and returns its exit code.
    public static int run(String... args) {
        NamedLogProvider.choose();
        if (args.length == 0 || !args[0].equals("serve"))
            return commandLine(() -> {}, args).execute(args);
        if (!TerminalLines.isTerminal()) System.setProperty(StderrLog.FORMAT, "json");
        Ahead ahead = Ahead.begin();
        return commandLine(ahead::awaitLog, args)
                .setExecutionStrategy(parsed -> {
                    ahead.await();
                    return new CommandLine.RunLast().execute(parsed);
                })
                .execute(args);
    }

    /// Only the verb that is named is built: nothing but the usage text needs all of them.
    ///
    /// @param log returns when verbs, which log, may be loaded
    @SuppressWarnings("ReferenceEquality") // command lines are identities
    private static CommandLine commandLine(Runnable log, String... args) {
        CommandLine root = new CommandLine(new Main());
        log.run();
        boolean one = args.length > 0
                && !args[0].equals("completion")
                && VERBS.stream().anyMatch(verb -> verb.name.equals(args[0]));
        for (Verb verb : VERBS) {
            if (!one || verb.name.equals(args[0])) root.addSubcommand(verb.name, verb.command);
        }
        if (!one) LauncherVerb.addTo(root);
        offerHelp(root);
        CommandLine.IParameterExceptionHandler showUsage = root.getParameterExceptionHandler();
        // An @file is an item of a request, not a file of arguments.
        return root.setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(
                        (wrong, given) -> wrong.getCommandLine().getParent() == null
                                ? showUsage.handleParseException(wrong, given)
                                : reportUsage(wrong))
                .setExecutionExceptionHandler((failure, line, parsed) -> report(failure, line));
    }

    private static void offerHelp(CommandLine line) {
        line.getCommandSpec().mixinStandardHelpOptions(true).version("hawser " + VersionCommand.hawser());
        line.getSubcommands().values().forEach(Main::offerHelp);
    }

    /// One line: the usage text of a verb can be longer than a screen.
    private static int reportUsage(ParameterException wrong) {
        CommandLine line = wrong.getCommandLine();
        String verb = line.getCommandSpec().qualifiedName();
        line.getErr().println(verb + ": " + wrong.getMessage() + " (" + verb + " --help tells more)");
        return CommandLine.ExitCode.USAGE;
    }

    /// A failure of the outside world is one line; anything else is a bug, and its trace is what helps.
    private static int report(Exception failure, CommandLine line) {
        PrintWriter err = line.getErr();
        if (failure instanceof HawserException) err.println("hawser: " + failure.getMessage() + advice(failure));
        else failure.printStackTrace(err);
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static String advice(Exception failure) {
        boolean isTaken = failure instanceof StartupFailed
                && String.valueOf(failure.getMessage()).contains(" in use");
        return isTaken ? " (--port N takes another, --port 0 any that is free)" : "";
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which verb?");
    }
}
