package io.hawser.hub.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// In how many processes the hub runs.
final class WorkerOptions {
    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "Accept in N processes, replaced when one dies and, one after another, on SIGUSR2.")
    private @Nullable Integer count;

    /// Said by the supervisor to its workers: a number, and where the supervisor is.
    @Option(names = "--worker", hidden = true, paramLabel = "NUMBER@FOLDER", description = "For the hub itself.")
    private @Nullable String worker;

    /// How many processes; empty for this one alone.
    Optional<Integer> count() {
        return Optional.ofNullable(count);
    }

    /// Which worker this process is, if it is one.
    Optional<String> worker() {
        return Optional.ofNullable(worker);
    }
}
