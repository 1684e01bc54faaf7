package io.hawser.hub.cli;

import io.hawser.hub.chaos.FloodConfig;
import io.hawser.hub.chaos.FloodOutcome;
import io.hawser.hub.chaos.FloodRun;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `./hawser chaos flood`: a hub, a flood of connections from one address, and steady calls from another;
/// exit code 1 when one of these failed, or the flood was let in.
@Command(
        name = "flood",
        description = "Starts a hub as a process of its own, with its limits for each address switched on for this "
                + "machine, floods it from 127.0.0.2 with connections that each ask once, calls it from 127.0.0.1 "
                + "meanwhile, and compares the 99th percentile of these calls with that of a time without a flood.")
public final class ChaosFloodCommand implements Callable<Integer> {
    @Option(
            names = "--connections",
            defaultValue = "10000",
            paramLabel = "N",
            description = "of a flood (10000; to 1,000,000)")
    private int connections;

    @Option(
            names = "--rate",
            defaultValue = "500",
            paramLabel = "N",
            description = "calls of the other address a second (500; to 2,000)")
    private int rate;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            defaultValue = "10s",
            converter = DurationOption.class,
            description = "how long a flood lasts, and each time without one (10s)")
    private Duration duration;

    @Option(names = "--rounds", defaultValue = "3", paramLabel = "N", description = "times of each kind (3; to 100)")
    private int rounds;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        FloodConfig config = ChaosTerminal.checked(spec, () -> new FloodConfig(rate, connections, duration, rounds));
        ChaosTerminal terminal = ChaosTerminal.begin(spec, FloodOutcome.HEADING);
        List<FloodOutcome> outcomes = FloodRun.run(config, terminal::say);
        terminal.say("p99 under a flood: %.2f times that without, by the medians of %d rounds"
                .formatted(FloodOutcome.ratio(outcomes), rounds));
        return outcomes.stream().allMatch(FloodOutcome::isRight) ? 0 : 1;
    }
}
