package io.hawser.hub.cli;

import io.hawser.StartupFailed;
import io.hawser.config.ConfigProblem;
import io.hawser.config.ConfigReading;
import io.hawser.hub.Hub;
import io.hawser.hub.config.HubFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `./hawser config`: looks at a configuration without running it.
@Command(
        description = "Check a configuration file, or print the settings that are in force and who says so.",
        synopsisSubcommandLabel = "check|print",
        subcommands = {ConfigCommand.Check.class, ConfigCommand.Print.class})
public final class ConfigCommand {
    private ConfigCommand() {}

    @Command(name = "check", description = "Say all that is wrong with a file, with line and key.")
    static final class Check implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Parameters(paramLabel = "FILE")
        private Path file;

        private Check() {}

        @Override
        public Integer call() {
            ConfigReading<HubFile> reading = HubFile.source(Optional.of(file)).read(HubFile.class);
            if (!isGood(reading, file.toString(), spec)) return ExitCode.SOFTWARE;
            HubFile read = reading.value();
            PrintWriter err = spec.commandLine().getErr();
            read.advice(read.toConfig().listen()).ifPresent(advice -> err.println("warning: " + advice));
            PrintWriter out = spec.commandLine().getOut();
            out.println(file + " is good");
            out.flush();
            return ExitCode.OK;
        }
    }

    @Command(name = "print", description = "Print every setting with its origin; secrets are stars.")
    static final class Print implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Option(names = "--config", paramLabel = "FILE", description = "The file; without, the defaults.")
        private @Nullable Path file;

        private Print() {}

        @Override
        public Integer call() {
            Path named = file;
            ConfigReading<HubFile> reading =
                    HubFile.source(Optional.ofNullable(named)).read(HubFile.class);
            if (!isGood(reading, named == null ? "the configuration" : named.toString(), spec)) {
                return ExitCode.SOFTWARE;
            }
            PrintWriter out = spec.commandLine().getOut();
            reading.entries().forEach(out::println);
            out.flush();
            return ExitCode.OK;
        }
    }

    private static boolean isGood(ConfigReading<HubFile> reading, String name, CommandSpec spec) {
        PrintWriter err = spec.commandLine().getErr();
        reading.problems().forEach(err::println);
        if (!reading.problems().isEmpty()) return false;
        try {
            Hub.check(reading.value().toConfig());
            return true;
        } catch (IllegalArgumentException | StartupFailed e) {
            err.println(new ConfigProblem(name, "", String.valueOf(e.getMessage())));
            return false;
        }
    }
}
