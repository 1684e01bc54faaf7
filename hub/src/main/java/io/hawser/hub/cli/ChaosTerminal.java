package io.hawser.hub.cli;

import io.hawser.hub.chaos.ChaosRun;
import java.io.PrintWriter;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// What the verbs of chaos say: a heading, and lines as they come.
///
/// @param out shows each line at once
record ChaosTerminal(PrintWriter out) {
    /// The configuration that the options make.
    ///
    /// @throws ParameterException if they make none
    static <T> T checked(CommandSpec spec, Supplier<T> config) {
        try {
            return config.get();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    /// Prints the heading. From now on what a run has started ends with this process, however that ends.
    static ChaosTerminal begin(CommandSpec spec, String heading) {
        Runtime.getRuntime().addShutdownHook(new Thread(ChaosRun::endProcesses, "chaos-end"));
        ChaosTerminal terminal = new ChaosTerminal(spec.commandLine().getOut());
        terminal.say(heading);
        return terminal;
    }

    void say(Object line) {
        out.println(line);
        out.flush();
    }
}
