package io.hawser.hub.cli;

import io.hawser.hub.chaos.StormConfig;
import io.hawser.hub.chaos.StormFault;
import io.hawser.hub.chaos.StormOutcome;
import io.hawser.hub.chaos.StormRun;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `./hawser chaos storm`: a hub with thousands of clients that is drained, and killed, and started anew;
/// exit code 1 when somebody did not come back, a message was lost silently or came twice, or more came back
/// in a second after a drain than a drain closes.
@Command(
        name = "storm",
        description = "Starts a hub as a process of its own, lets thousands of clients follow topics on it, restarts "
                + "it by SIGTERM and by kill -9, and counts at the new one how many come back when. It wants an open file "
                + "for each client, twice.")
public final class ChaosStormCommand implements Callable<Integer> {
    @Option(names = "--clients", defaultValue = "9000", paramLabel = "N", description = "of the hub (9000; to 15,000)")
    private int clients;

    @Option(
            names = "--topics",
            defaultValue = "20",
            paramLabel = "N",
            description = "with a publisher each (20; to 100)")
    private int topics;

    @Option(
            names = "--rate",
            defaultValue = "20",
            paramLabel = "N",
            description = "messages a second, in all (20; to 1,000)")
    private int rate;

    @Option(names = "--fault", paramLabel = "NAME", split = ",", description = "only these: ${COMPLETION-CANDIDATES}")
    private List<StormFault> faults = List.of();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        StormConfig config = ChaosTerminal.checked(spec, () -> new StormConfig(clients, topics, rate));
        List<StormFault> chosen = faults.isEmpty() ? Arrays.asList(StormFault.values()) : faults;
        ChaosTerminal terminal = ChaosTerminal.begin(spec, StormOutcome.HEADING);
        boolean isRight = StormRun.run(config, chosen, terminal::say);
        return isRight ? 0 : 1;
    }
}
