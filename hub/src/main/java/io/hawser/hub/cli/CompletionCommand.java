package io.hawser.hub.cli;

import java.io.PrintWriter;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Prints what completes `hawser` in a shell.
@Command(
        description = "Print the completion of this command for bash and zsh.",
        footer = {
            "",
            "eval \"$(hawser completion)\"",
            "in bash (that of macOS too, where source <(...) reads nothing), and in zsh, whose",
            "bashcompinit it loads itself."
        })
public final class CompletionCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    private CompletionCommand() {}

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        out.println(AutoComplete.bash("hawser", spec.root().commandLine()));
        out.flush();
    }
}
