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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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

    /// Runs one verb, or what the launcher runs once after a build ([Rehearsal]).
    public static void main(String[] args) throws Exception {
        // What is called by reflection (options, settings) is called once: to generate code for it costs a start 100
        // ms.
        System.setProperty("jdk.reflect.useNativeAccessorOnly", "true");
        // No option is a closure of Groovy: to see that, a start would search the class path for it.
        System.setProperty("picocli.disable.closures", "true");
        // Netty's events of its buffers would get the flight recorder ready on an event loop, with the first
        // connection.
        if (System.getProperty("io.netty.jfr.enabled") == null) System.setProperty("io.netty.jfr.enabled", "false");
        boolean isRehearsal = args.length > 0 && args[0].equals(Rehearsal.NAME);
        System.exit(isRehearsal ? Rehearsal.run(args) : run(args));
    }

    /// Runs one verb and returns its exit code.
    public static int run(String... args) {
        NamedLogProvider.choose();
        Optional<Verb> verb = verb(args);
        if (verb.isEmpty()) return configured(all()).execute(args);
        String[] rest = Arrays.copyOfRange(args, 1, args.length);
        if (!args[0].equals("serve")) return configured(only(verb.get())).execute(rest);
        if (!TerminalLines.isTerminal()) System.setProperty(StderrLog.FORMAT, "json");
        Ahead ahead = Ahead.begin();
        // The verb logs, so it may be loaded only when there is a log.
        ahead.awaitLog();
        return configured(only(verb.get()))
                .setExecutionStrategy(parsed -> {
                    ahead.await();
                    return new CommandLine.RunLast().execute(parsed);
                })
                .execute(rest);
    }

    /// The verb that is named; empty where the usage text or the completion needs all of them.
    private static Optional<Verb> verb(String... args) {
        if (args.length == 0 || args[0].equals("completion")) return Optional.empty();
        return VERBS.stream().filter(verb -> verb.name.equals(args[0])).findFirst();
    }

    /// Only what is named is built, without what would hold it: each part of a command line costs a start
    /// some 50 ms.
    private static CommandLine only(Verb verb) {
        return new CommandLine(verb.command).setCommandName("hawser " + verb.name);
    }

    private static CommandLine all() {
        CommandLine root = new CommandLine(new Main());
        for (Verb verb : VERBS) root.addSubcommand(verb.name, verb.command);
        LauncherVerb.addTo(root);
        return root;
    }

    private static CommandLine configured(CommandLine line) {
        offerHelp(line);
        CommandLine.IParameterExceptionHandler showUsage = line.getParameterExceptionHandler();
        // An @file is an item of a request, not a file of arguments.
        return line.setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(
                        (wrong, given) -> wrong.getCommandLine().getCommand() instanceof Main
                                ? showUsage.handleParseException(wrong, given)
                                : reportUsage(wrong))
                .setExecutionExceptionHandler((failure, failed, parsed) -> report(failure, failed));
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
