package io.hawser.hub.cli;

import io.hawser.hub.chaos.ReaderConfig;
import io.hawser.hub.chaos.ReaderOutcome;
import io.hawser.hub.chaos.ReaderRun;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `./hawser chaos reader`: a hub with thousands of readers, of which one stands still; exit code 1 when its
/// queue was over its bound, it was not told what it lost, or another missed something.
@Command(
        name = "reader",
        description = "Starts a hub as a process of its own, publishes to many readers of a log and a live topic, lets "
                + "one of them stand still until its socket is full, and compares the 99th percentile of the others "
                + "with that of a time in which all read.")
public final class ChaosReaderCommand implements Callable<Integer> {
    @Option(
            names = "--readers",
            defaultValue = "1000",
            paramLabel = "N",
            description = "of both topics (1000; to 9,000)")
    private int readers;

    @Option(
            names = "--rate",
            defaultValue = "10",
            paramLabel = "N",
            description = "messages a second, of each topic (10; to 100)")
    private int rate;

    @Option(
            names = "--payload",
            paramLabel = "SIZE",
            defaultValue = "256",
            converter = SizeOption.class,
            description = "bytes of a message, about (256)")
    private int payload;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            defaultValue = "5s",
            converter = DurationOption.class,
            description = "how long a round lasts (5s; 2s to 8s)")
    private Duration duration;

    @Option(names = "--rounds", defaultValue = "5", paramLabel = "N", description = "of each kind (5; to 100)")
    private int rounds;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        ReaderConfig config =
                ChaosTerminal.checked(spec, () -> new ReaderConfig(readers, rate, payload, duration, rounds));
        ChaosTerminal terminal = ChaosTerminal.begin(spec, ReaderOutcome.HEADING);
        List<ReaderOutcome> outcomes = ReaderRun.run(config, terminal::say);
        terminal.say("p99 of the others: %.2f times that of rounds in which all read, by the medians of %d of each kind"
                .formatted(ReaderOutcome.ratio(outcomes), rounds));
        return outcomes.stream().allMatch(ReaderOutcome::isRight) ? 0 : 1;
    }
}
