package io.hawser.hub.cli;

import io.hawser.hub.chaos.GatewayChaosConfig;
import io.hawser.hub.chaos.GatewayChaosRun;
import io.hawser.hub.chaos.GatewayFault;
import io.hawser.hub.chaos.GatewayOutcome;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `./hawser chaos gateway`: a hub in front of three others, steady calls, and one fault after another; exit
/// code 1 when a call failed although servers were well, an upstream was hammered, or it took too long until
/// all was well.
@Command(
        name = "gateway",
        description =
                "Starts a hub as a gateway in front of three others as processes of their own, calls them through "
                        + "it at a steady rate, and does one bad thing after another to them.")
public final class ChaosGatewayCommand implements Callable<Integer> {
    @Option(names = "--rate", defaultValue = "200", paramLabel = "N", description = "calls a second (200; to 2,000)")
    private int rate;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            defaultValue = "10s",
            converter = DurationOption.class,
            description = "how long a fault lasts (10s)")
    private Duration duration;

    @Option(names = "--fault", paramLabel = "NAME", split = ",", description = "only these: ${COMPLETION-CANDIDATES}")
    private List<GatewayFault> faults = List.of();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        GatewayChaosConfig config = ChaosTerminal.checked(spec, () -> new GatewayChaosConfig(rate, duration));
        List<GatewayFault> chosen = faults.isEmpty() ? Arrays.asList(GatewayFault.values()) : faults;
        ChaosTerminal terminal = ChaosTerminal.begin(spec, GatewayOutcome.HEADING);
        boolean isRight = GatewayChaosRun.run(config, chosen, terminal::say);
        return isRight ? 0 : 1;
    }
}
